// The organization's events: a log of every change. The action names are invented; Atlassian's are not published.

import type { Call } from '../http/call.js'
import { applicationError, ok, type ApiResponse } from '../http/responses.js'
import { readPageRequest, pageOf } from '../http/paging.js'
import type { OrganizationEvent } from '../world/journal.js'

const actions = [
  'suspend',
  'restore',
  'remove',
  'deactivate',
  'activate',
  'add-to-group',
  'remove-from-group',
  'invite',
]
const self = ({ base, organization }: Call, tail: string) => `${base}/admin/v1/orgs/${organization.id}/${tail}`

function row(call: Call, { id, at, action, subject }: OrganizationEvent, stream = false) {
  const { organization, base } = call
  const time = new Date(at).toISOString()
  const actor = organization.accounts[0]
  const about = organization.byId.get(subject)
  return {
    id,
    type: 'events',
    links: { self: self(call, `events/${id}`) },
    attributes: {
      time,
      action,
      ...(stream ? { processedAt: new Date(at + 2000).toISOString() } : {}),
      actor: {
        id: actor?.accountId ?? 'unknown',
        name: actor?.name ?? '',
        email: actor?.email ?? '',
        auth: { authType: 'api-token', tokenId: 't1', tokenLabel: 'key' },
        links: { self: `${base}/users/${actor?.accountId ?? ''}/manage/profile` },
      },
      context: [
        about === undefined
          ? { id: subject, type: 'groups', attributes: {} }
          : { id: subject, type: 'users', attributes: { email: about.email } },
      ],
      container: [{ id: organization.id, type: 'orgs' }],
    },
  }
}

/** A moment in epoch milliseconds; undefined when absent, NaN when invalid. */
const moment = (text: unknown): number | undefined =>
  text === undefined ? undefined : /^\d{1,15}$/.test(String(text)) ? Number(text) : Number.NaN

function listed(call: Call, stream: boolean): ApiResponse {
  const list = stream ? 'events-stream' : 'events'
  const page = readPageRequest(call, list, stream ? { standard: 200, most: 500 } : { standard: 30, most: 500 })
  const { q, action, sortOrder } = page.parameters
  const [from, to] = [moment(page.parameters['from']), moment(page.parameters['to'])]
  if (Number.isNaN(from) || Number.isNaN(to)) return applicationError(400, 'ADMIN-400-3', 'Invalid time date')
  const events = [...call.journal.events]
  if (stream ? sortOrder === 'desc' : true) events.reverse()
  const { data, next } = pageOf(call, page, events, (event) =>
    (from === undefined || event.at >= from) &&
    (to === undefined || event.at <= to) &&
    (action === undefined || event.action === action) &&
    (q === undefined || `${event.action} ${event.subject}`.includes(String(q)))
      ? row(call, event, stream)
      : undefined,
  )
  const links = {
    self: self(call, list),
    ...(next === undefined ? {} : { next: `${self(call, list)}?cursor=${next}` }),
  }
  return ok({ data, links, meta: { ...(next === undefined ? {} : { next }), page_size: data.length } })
}

/** GET /v1/orgs/{orgId}/events. */
export const listEvents = (call: Call): ApiResponse => listed(call, false)
/** GET /v1/orgs/{orgId}/events-stream. */
export const streamEvents = (call: Call): ApiResponse => listed(call, true)

/** GET /v1/orgs/{orgId}/events/{eventId}. */
export function eventDetails(call: Call): ApiResponse {
  const event = call.journal.events.find(({ id }) => id === call.params['eventId'])
  return event === undefined ? applicationError(404, 'ADMIN-404-4', 'Event not found') : ok({ data: row(call, event) })
}

/** GET /v1/orgs/{orgId}/event-actions. */
export const eventActions = (): ApiResponse =>
  ok({
    data: actions.map((id) => ({
      id,
      type: 'event-actions',
      attributes: { displayName: id.replaceAll('-', ' '), groupDisplayName: 'Users' },
    })),
  })
