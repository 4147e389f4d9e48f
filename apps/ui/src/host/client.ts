// The one way to the host: what the page asks for, with the types of what it gets. What goes wrong arrives as an Error
// whose message can be shown to the admin as it is.
import type { OperationName, OverviewData, Refusal, ResponseOf } from '@rollcall/api'
import { bridgeTransport } from './bridge-transport'
import { loadBridge } from './bridge'
import type { ConnectionState, ConnectionWanted } from '../settings/connection-data'
import { fetchTransport } from './fetch-transport'
import { inJira } from './host'
import { messages } from '../messages'
import { isRecord, Refused } from './problem'
import type { Answer, Asked, ConnectingName, Transport } from './transport'

export interface Client {
  /** Asks for one operation; what guard refuses is thrown as `Refused`. */
  ask<Name extends OperationName>(name: Name, asked?: Asked, signal?: AbortSignal): Promise<ResponseOf<Name>>
  overview(signal?: AbortSignal): Promise<OverviewData>
  /** Takes the roll; it goes on by itself when nobody waits for it any more. */
  sync(signal?: AbortSignal): Promise<void>
  /** Where the host lets the page connect an organization. */
  readonly connecting?: Connecting
}

export interface Connecting {
  connection(signal?: AbortSignal): Promise<ConnectionState>
  connect(wanted: ConnectionWanted): Promise<void>
  disconnect(): Promise<void>
}

export function createClient({ carry, carryConnecting }: Transport): Client {
  const client: Client = {
    async ask<Name extends OperationName>(name: Name, asked: Asked = {}, signal?: AbortSignal) {
      const answer = await carry(name, asked, signal)
      if ('value' in answer) return answer.value as ResponseOf<Name>
      throw refusedIn(answer.refused)
    },
    async overview(signal) {
      const value = valueOf(await carry('overview', {}, signal))
      if (!isOverview(value)) throw new Error(messages.errors.unexpectedAnswer)
      return value
    },
    async sync(signal) {
      valueOf(await carry('sync', {}, signal))
    },
  }
  return carryConnecting === undefined ? client : { ...client, connecting: connectingBy(carryConnecting) }
}

function connectingBy(carry: NonNullable<Transport['carryConnecting']>): Connecting {
  const ask = async (name: ConnectingName, body?: ConnectionWanted, signal?: AbortSignal) =>
    valueOf(await carry(name, body === undefined ? {} : { body }, signal))
  return {
    async connection(signal) {
      const value = (await ask('connection', undefined, signal)) ?? null
      return isRecord(value) && value['elsewhere'] === true ? 'elsewhere' : (value as ConnectionState)
    },
    async connect(wanted) {
      await ask('connect', wanted)
    },
    async disconnect() {
      await ask('disconnect')
    },
  }
}

/** What guard has to say, with a sentence for each refusal. */
function refusedIn(refused: unknown): Error {
  const refusals = isRecord(refused) && Array.isArray(refused['refusals']) ? (refused['refusals'] as Refusal[]) : []
  return refusals.length > 0 ? new Refused(refusals) : new Error(messages.errors.unexpectedAnswer)
}

/** For what guard has nothing to say about. */
function valueOf(answer: Answer): unknown {
  if ('value' in answer) return answer.value
  throw new Error(messages.errors.unexpectedAnswer)
}

/** Tells an overview from a sign-in page or another program's answer; it does not check each field. */
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
