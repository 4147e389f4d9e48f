// The response of "connection": the organization, who connected it, and the last characters of each key.

export interface ConnectionData {
  readonly organizationId: string
  /** Inside Jira an Atlassian account id; null if unknown. */
  readonly connectedBy: string | null
  /** Milliseconds since the epoch. */
  readonly connectedAt: number | null
  readonly readKeyEnd: string
  /** Null if changes use the same key. */
  readonly actKeyEnd: string | null
}

export interface ConnectionWanted {
  readonly organizationId: string
  /** For the same organization, an empty field keeps the stored key. */
  readonly readKey?: string
  readonly actKey?: string
  /** Dates such as 2027-01-31. */
  readonly readKeyExpires?: string
  readonly actKeyExpires?: string
}

/** Null without a connection; "elsewhere" if the server's environment variables set it. */
export type ConnectionState = ConnectionData | null | 'elsewhere'
