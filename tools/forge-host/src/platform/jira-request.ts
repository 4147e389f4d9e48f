// A request to Jira, its response, and the kinds of stand-in for Jira.

export interface JiraRequest {
  readonly as: 'user' | 'app' | 'none'
  /** Absent for the app, and when no user is signed in. */
  readonly accountId?: string
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
export interface JiraResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A function, a base URL (with the requester in x-forge-as and x-forge-account-id), or a list of admins. */
export type Jira =
  | ((request: JiraRequest) => JiraResponse | Promise<JiraResponse>)
  | string
  | { readonly admins: readonly string[] }
