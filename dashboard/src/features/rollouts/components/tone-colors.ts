export const TONE_COLORS = { open: 'blue', good: 'teal', bad: 'red', neutral: 'gray' } as const;
