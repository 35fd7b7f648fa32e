"""The database's history: one file per change, applied in order on SQLite and MariaDB alike."""
