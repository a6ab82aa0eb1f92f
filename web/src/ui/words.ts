/** "in_progress" as people read it: "In progress". */
export const capital = (word: string) => (word[0] ?? '').toUpperCase() + word.slice(1).replaceAll('_', ' ');
