// Atlassian's five shapes of error body.

export interface ApiResponse {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** E1: application errors of the admin API. */
export const applicationError = (status: number, code: string, title: string, detail = title): ApiResponse => ({
  status,
  body: { errors: [{ id: '65e99414-0000-4000-a000-000000000000', code, status: String(status), title, detail }] },
})
/** E2: gateway errors. */
export const gatewayError = (code: number, message: string): ApiResponse => ({ status: code, body: { code, message } })
/** E3: routing errors. */
export const routingError = (status: number, error: string, message: string, path: string): ApiResponse => ({
  status,
  body: {
    timestamp: '2026-08-31T15:42:56.847+00:00',
    path: `/api${path}`,
    status,
    error,
    message,
    requestId: 'e4cdc7ba',
  },
})
/** E4: errors of the user management API. */
export const managementError = (status: number, key: string, context?: unknown): ApiResponse => ({
  status,
  body: context === undefined ? { key } : { key, context },
})
/** E5: errors of Jira. */
export const jiraError = (status: number, message: string): ApiResponse => ({
  status,
  body: { errorMessages: [message], errors: {} },
})

export const ok = (body: unknown): ApiResponse => ({ status: 200, body })
export const noContent: ApiResponse = { status: 204 }
