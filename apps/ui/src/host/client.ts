// The client of the server or the app: operations with typed responses. Each failure is an Error whose message the page can
// show.
import type {
  ConnectionRequest,
  ConnectionState,
  OperationName,
  OverviewData,
  Refusal,
  ResponseOf,
  Result,
} from '@rollcall/api'
import { bridgeTransport } from './bridge-transport'
import { loadBridge } from './bridge'
import { fetchTransport } from './fetch-transport'
import { inJira } from './host'
import { messages } from '../messages'
import { isRecord, Refused } from './problem'
import type { ConnectingName, OperationInput, Transport } from './transport'

export interface Client {
  /** Requests one operation. Throws `Refused` if guard refuses it. */
  request<Name extends OperationName>(
    name: Name,
    input?: OperationInput,
    signal?: AbortSignal,
  ): Promise<ResponseOf<Name>>
  overview(signal?: AbortSignal): Promise<OverviewData>
  /** Syncs. The sync continues when the admin leaves the page. */
  sync(signal?: AbortSignal): Promise<void>
  /** Undefined if the page cannot connect an organization. */
  readonly connecting?: Connecting
}

export interface Connecting {
  connection(signal?: AbortSignal): Promise<ConnectionState>
  connect(wanted: ConnectionRequest): Promise<void>
  disconnect(): Promise<void>
}

export function createClient({ carry, carryConnecting }: Transport): Client {
  const client: Client = {
    async request<Name extends OperationName>(name: Name, input: OperationInput = {}, signal?: AbortSignal) {
      const outcome = await carry(name, input, signal)
      if ('value' in outcome) return outcome.value as ResponseOf<Name>
      throw refusedIn(outcome.refused)
    },
    async overview(signal) {
      const value = valueOf(await carry('overview', {}, signal))
      if (!isOverview(value)) throw new Error(messages.errors.unexpectedResponse)
      return value
    },
    async sync(signal) {
      valueOf(await carry('sync', {}, signal))
    },
  }
  return carryConnecting === undefined ? client : { ...client, connecting: connectingBy(carryConnecting) }
}

function connectingBy(carry: NonNullable<Transport['carryConnecting']>): Connecting {
  const request = async (name: ConnectingName, body?: ConnectionRequest, signal?: AbortSignal) =>
    valueOf(await carry(name, body === undefined ? {} : { body }, signal))
  return {
    async connection(signal) {
      return ((await request('connection', undefined, signal)) ?? null) as ConnectionState
    },
    async connect(wanted) {
      await request('connect', wanted)
    },
    async disconnect() {
      await request('disconnect')
    },
  }
}

/** The refusals of guard as an error. */
function refusedIn(refused: unknown): Error {
  const refusals = isRecord(refused) && Array.isArray(refused['refusals']) ? (refused['refusals'] as Refusal[]) : []
  return refusals.length > 0 ? new Refused(refusals) : new Error(messages.errors.unexpectedResponse)
}

/** The value of an operation that guard never refuses. */
function valueOf(outcome: Result): unknown {
  if ('value' in outcome) return outcome.value
  throw new Error(messages.errors.unexpectedResponse)
}

/** Distinguishes an overview from a sign-in page or another program's response, without a check of each field. */
function isOverview(value: unknown): value is OverviewData {
  return (
    isRecord(value) && Array.isArray(value['seats']) && Array.isArray(value['schedules']) && isRecord(value['audit'])
  )
}

const invokeInJira = async (name: string, payload: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const { invoke } = await loadBridge()
  return invoke(name, payload)
}

export const client = createClient(inJira ? bridgeTransport(invokeInJira) : fetchTransport)
