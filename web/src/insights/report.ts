/** What every insight comes to: labelled rows of numbers. Chart, table and CSV are three ways to show it. */
export type Series = { name: string; label: string; color: string; line?: boolean; apart?: boolean };
export type Row = {
  label: string;
  values: Record<string, number | null>;
  /** Where a number's deals are, by the name of its series. */
  links?: Record<string, string | undefined>;
  /** How the bar is painted; for movements, whether it stands on the ground instead of on the bar before. */
  color?: string;
  standsAlone?: boolean;
  /** Said at the end of its bar. */
  note?: string;
};

export type Shape = 'columns' | 'bars' | 'stacked' | 'stackedBars' | 'waterfall' | 'matrix';
export type Report = {
  shape: Shape;
  /** What the rows are: a stage, a month, a user. */
  of: string;
  series: Series[];
  rows: Row[];
  format: (value: number) => string;
  /** Numbers that are no part of the chart, such as an overall rate. */
  figures?: { label: string; text: string }[];
};

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
// A cell that begins like a formula is run by spreadsheets.
const safe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** RFC 4180, with the numbers as they are, so that a spreadsheet can go on with them. */
export const toCsv = (report: Report) =>
  [
    [report.of, ...report.series.map(series => series.label)].map(quoted).join(','),
    ...report.rows.map(row =>
      [quoted(safe(row.label)), ...report.series.map(series => row.values[series.name]?.toString() ?? '')].join(','),
    ),
  ].join('\r\n');

export const isEmpty = (report: Report) => report.rows.every(row => Object.values(row.values).every(value => !value));
