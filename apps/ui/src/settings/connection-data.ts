// The answer of "connection": which organization, by whose keys. Of the keys there is no more than their ends.

export interface ConnectionData {
  readonly organizationId: string
  /** Inside Jira an Atlassian account id; null where nobody noted it. */
  readonly connectedBy: string | null
  /** Milliseconds since the epoch. */
  readonly connectedAt: number | null
  readonly readKeyEnd: string
  /** Null where changes use the same key. */
  readonly actKeyEnd: string | null
}

export interface ConnectionWanted {
  readonly organizationId: string
  /** Keys that are not entered stay, where it is the same organization. */
  readonly readKey?: string
  readonly actKey?: string
  /** Dates such as 2027-01-31. */
  readonly readKeyExpires?: string
  readonly actKeyExpires?: string
}

/** Null while nothing is connected; "elsewhere" where the page does not decide: the server's environment does. */
export type ConnectionState = ConnectionData | null | 'elsewhere'
