// What the host needs from manifest.yml.

export interface AppFunction {
  readonly key: string
  /** The bundle's export. */
  readonly handler: string
  readonly memoryMb: number
  readonly timeoutSeconds: number
}
interface Consumer {
  readonly key: string
  readonly queue: string
  readonly functionKey: string
}
export type Interval = 'fiveMinute' | 'hour' | 'day' | 'week'
export interface ScheduledTrigger {
  readonly key: string
  readonly functionKey: string
  readonly interval: Interval
}
export interface Page {
  readonly key: string
  readonly title: string
  readonly folder: string
  readonly functionKey: string
}
export interface Manifest {
  readonly appId: string
  readonly licensed: boolean
  readonly functions: ReadonlyMap<string, AppFunction>
  readonly consumers: readonly Consumer[]
  readonly triggers: readonly ScheduledTrigger[]
  readonly page: Page | undefined
  readonly hasSql: boolean
  readonly scopes: readonly string[]
  /** Addresses that the backend may fetch. */
  readonly egress: readonly string[]
  /** What the page may load, as the manifest words it. */
  readonly content: { readonly styles: readonly string[]; readonly scripts: readonly string[] }
  readonly external: Readonly<
    Record<'fonts' | 'images' | 'media' | 'scripts' | 'styles' | 'frames' | 'client', string[]>
  >
}
