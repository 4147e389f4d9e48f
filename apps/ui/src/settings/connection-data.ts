// The answer of "connection": which organization, by whose keys. Of the keys there is no more than their ends.

export interface ConnectionData {
  readonly organizationId: string
  /** An Atlassian account id. */
  readonly connectedBy: string
  /** Milliseconds since the epoch. */
  readonly connectedAt: number
  readonly readKeyEnd: string
  /** Null where changes use the same key. */
  readonly actKeyEnd: string | null
}

export interface ConnectionWanted {
  readonly organizationId: string
  readonly readKey: string
  readonly actKey?: string
  /** Dates such as 2027-01-31. */
  readonly readKeyExpires?: string
  readonly actKeyExpires?: string
}

/** Null while nothing is connected; "elsewhere" where the page does not decide: the server's environment does. */
export type ConnectionState = ConnectionData | null | 'elsewhere'
