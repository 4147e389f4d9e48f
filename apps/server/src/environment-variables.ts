// The environment variables that Rollcall reads, for the reference in docs/cli.md.

/** The environment of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The value of a variable without spaces around it. An empty variable counts as absent. */
export const valueOf = (environment: Environment, name: string): string | undefined =>
  environment[name]?.trim() || undefined

interface EnvironmentVariable {
  readonly names: readonly string[]
  readonly meaning: string
  /** Undefined where the variable has no default. */
  readonly standard?: string
}

/** In the order of the reference. `settings.ts` reads them. */
export const environmentVariables: readonly EnvironmentVariable[] = [
  { names: ['ROLLCALL_ORG_ID'], meaning: 'The id of the organization', standard: 'what `rollcall connect` stored' },
  {
    names: ['ROLLCALL_API_KEY', 'ROLLCALL_API_KEY_FILE'],
    meaning: 'The read API key, or a file that contains it',
    standard: 'what `rollcall connect` stored',
  },
  {
    names: ['ROLLCALL_ACT_KEY', 'ROLLCALL_ACT_KEY_FILE'],
    meaning: 'A second API key without scopes, used only for changes',
    standard: 'the read API key',
  },
  {
    names: ['ROLLCALL_REQUESTER'],
    meaning: 'Your own Atlassian account id. Rollcall never changes this account',
  },
  { names: ['ROLLCALL_DATABASE'], meaning: 'The SQLite file', standard: '`.rollcall/rollcall.db`' },
  {
    names: ['ROLLCALL_MASTER_KEY', 'ROLLCALL_MASTER_KEY_FILE'],
    meaning: 'Encrypts the stored API keys. Rollcall creates the file with mode 0600 if it does not exist',
    standard: '`.rollcall/master.key`',
  },
  {
    names: ['ROLLCALL_CHECKPOINT_FILE'],
    meaning: 'A file on another disk to which Rollcall appends each signed checkpoint',
  },
  {
    names: ['ROLLCALL_WATERMARK_FILE'],
    meaning: 'The file with the position of the newest audit entry, to detect a restored backup. Best on another disk',
    standard: 'next to the database',
  },
  {
    names: ['ROLLCALL_HOST', 'ROLLCALL_PORT'],
    meaning: 'The address of `rollcall serve`. It accepts only 127.0.0.1 until there is sign-in',
    standard: '`127.0.0.1`, `3000`',
  },
  {
    names: ['ROLLCALL_ATLASSIAN_URL'],
    meaning: "Another server that speaks Atlassian's API, such as the simulator",
    standard: '`https://api.atlassian.com`',
  },
  {
    names: ['ROLLCALL_REQUEST_TIMEOUT'],
    meaning: 'Milliseconds until Rollcall gives up a request to Atlassian',
    standard: '`60000`',
  },
  {
    names: ['HTTPS_PROXY', 'NO_PROXY'],
    meaning:
      'The HTTP proxy on the way to Atlassian, and the hosts that need none. A user and password may be part of it',
  },
  {
    names: ['NODE_EXTRA_CA_CERTS'],
    meaning: 'A PEM file with the certificate authorities of a proxy that inspects TLS. Node.js reads it itself',
  },
]
