// What a transport is: it carries an operation by name to the host, and brings back what the host answers.
import type { OperationName } from '@rollcall/api'

export interface Asked {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
}

/** A refusal is an answer as well: what was asked is understood, and guard does not let it happen. */
export type Answer = { readonly value: unknown } | { readonly refused: unknown }

/** Whatever else goes wrong arrives as an error whose message can be shown to the admin as it is. */
export type Carry<Name extends string> = (name: Name, asked?: Asked, signal?: AbortSignal) => Promise<Answer>

/** Apart from the operations, since each host keeps its keys in its own way. */
export type ConnectingName = 'connection' | 'connect' | 'disconnect'

export interface Transport {
  readonly carry: Carry<OperationName>
  readonly carryConnecting?: Carry<ConnectingName>
}
