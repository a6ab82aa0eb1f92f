/** Something of the catalog as a choice. */
export const option = (row: { id: number; name: string }) => ({ value: String(row.id), label: row.name });
