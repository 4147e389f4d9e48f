// The connection to the organization: who connected it, and the last characters of each key.

import { z } from 'zod'
import type { ReadOnly } from './read-only.js'

const connection = z.object({
  organizationId: z.string(),
  connectedBy: z.string().nullable().describe('Inside Jira an Atlassian account id; null when unknown'),
  connectedAt: z.number().nullable().describe('Milliseconds since the epoch'),
  readKeyEnd: z.string(),
  actKeyEnd: z.string().nullable().describe('Null when changes use the same key'),
  name: z.string().optional().describe('The name of the organization, right after connecting inside Jira'),
  stopped: z.boolean().optional().describe('Whether the stop switch is on, inside Jira'),
  notices: z.array(z.string()).optional(),
})
export type ConnectionData = ReadOnly<z.output<typeof connection>>

/** The environment variables of a server set the connection, so the page cannot change it. */
const elsewhere = z.object({ elsewhere: z.literal(true) })

const state = z.union([connection, elsewhere]).nullable()
export type ConnectionState = ReadOnly<z.output<typeof state>>

/** The response of each operation of the connection. */
export const connectingResponses = { connection: state, connect: state, disconnect: z.null() }
