/** How the API says no (RFC 9457), as an error that screens can show: one sentence, and what is wrong with which field. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  readonly errors: { field: string; message: string }[];

  constructor(status: number, body: unknown) {
    const given = (typeof body === 'object' && body !== null ? body : {}) as {
      detail?: string;
      code?: string;
      errors?: { field: string; message: string }[];
    };
    super(given.detail ?? sentence(status));
    this.name = 'Problem';
    this.status = status;
    this.code = given.code ?? 'unknown';
    this.errors = given.errors ?? [];
    this.fields = Object.fromEntries(this.errors.map(error => [error.field, error.message]));
  }

  get isForbidden() {
    return this.status === 403;
  }

  get isMissing() {
    return this.status === 404 || this.status === 410;
  }

  get isStale() {
    return this.status === 412;
  }
}

const sentence = (status: number) => {
  if (status === 0) return 'The server cannot be reached.';
  if (status === 413) return 'This is too large.';
  return status >= 500 ? 'The server could not do this. Try again in a moment.' : 'The request was refused.';
};

/** One sentence for whatever went wrong. */
export const explain = (error: unknown) => (error instanceof Error ? error.message : 'Something went wrong.');

/** What is wrong with which field of a form, and the sentence for what names no field. */
export const fieldErrors = (error: unknown) => {
  const errors = error instanceof Problem ? error.fields : {};
  return { errors, general: error && Object.keys(errors).length === 0 ? explain(error) : undefined };
};
