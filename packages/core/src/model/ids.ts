// Branded ids: TypeScript rejects an account id where a run id is expected.

declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

/** Atlassian account id, `[a-zA-Z0-9_|:-]{1,128}`. */
export type AccountId = Id<'account'>
/** UUID of an Atlassian organization. */
export type OrganizationId = Id<'organization'>
/** UUID of a directory inside an organization. */
export type DirectoryId = Id<'directory'>
/** UUID of a group (bare, never the ARI). */
export type GroupId = Id<'group'>
/** ARI of a workspace, such as `ari:cloud:jira-software::site/<cloudId>`. */
export type WorkspaceAri = Id<'workspace'>
export type SnapshotId = Id<'snapshot'>
export type PolicyId = Id<'policy'>
export type PlanId = Id<'plan'>
export type RunId = Id<'run'>

const accountPattern = /^[a-zA-Z0-9_|:-]{1,128}$/

/** Reads an account id that a person typed; `undefined` when it cannot be one. */
export const parseAccountId = (text: string): AccountId | undefined =>
  accountPattern.test(text) ? (text as AccountId) : undefined

/** Brands a string as an id. Only for strings that Rollcall made, or that a schema has checked. */
export const brandId = <T extends string>(text: string): T => text as T
