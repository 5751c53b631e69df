import createClient from 'openapi-fetch';

import type { components, paths } from '@/api/schema';

export type Problem = components['schemas']['Problem'];

/** The body of a successful answer to a GET. */
export type Got<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: infer Content } } };
}
  ? Content[keyof Content]
  : never;

/** The service answered, and said no. Anything else that fails counts as not reachable. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

/** Changes must come from a page of ours; the header says so to a service that asks. */
export const api = createClient<paths>({
  baseUrl: '/',
  headers: { 'X-Strikeoff': '1' },
  credentials: 'same-origin',
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

function problemOf(error: unknown, response: Response): Problem {
  if (typeof error === 'object' && error !== null && 'reason' in error) return error as Problem;
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: response.statusText,
    reason: 'unknown',
    request_id: response.headers.get('X-Request-Id') ?? '',
    fields: [],
  };
}

/** The data of an answer; throws ApiError when the service refused. */
export function unwrap<Data>(answer: Answer<Data>): Data {
  if (!answer.response.ok) throw new ApiError(answer.response.status, problemOf(answer.error, answer.response));
  return answer.data as Data;
}

/** Is it of no use to ask again? */
export const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status < 500 && error.status !== 429;
