"""What crosses the broker: topics, payloads, access rules, the plan. Imported by server and device, imports neither."""
