// Known mistakes in the official files, each with its reason and a precise correction. A test fails when one is no longer needed.

import {
  alsoAnswers,
  alsoNull,
  answersWithoutBody,
  bodies,
  mayBePartial,
  refusalsSay,
  type Correction,
} from './corrections.js'

export interface KnownMistake {
  /** The affected operations, by method and path template. */
  readonly operation: RegExp
  readonly where: string
  readonly what: string
  readonly reason: string
  readonly correct: Correction
}

const management = / \/users\/\{account_id\}\/manage/
const jira = / \/ex\/jira\//

export const knownMistakes: readonly KnownMistake[] = [
  {
    operation: /^(POST|DELETE) \/admin\/v2\//,
    where: 'answers 400, 403, 404 and 409',
    what: 'the changes are documented without a body',
    reason: 'they answer with application errors, as callers of the real service have published',
    correct: refusalsSay(bodies.application),
  },
  {
    operation: / \/admin\/v2\/(?!.*\/workspaces$)/,
    where: 'answers 401 and 429',
    what: 'an application error or no body is documented',
    reason: 'the gateway refuses before the application is asked, in the shape that all operations of v1 document',
    correct: alsoAnswers(bodies.gateway, 401, 429),
  },
  {
    operation: /^POST \/admin\/v2\/.*\/workspaces$/,
    where: 'answer 429',
    what: 'the status is not documented',
    reason: 'the rate limit is one of the whole API; all other operations document it',
    correct: alsoAnswers(bodies.gateway, 429),
  },
  {
    operation: / \/admin\/v[12]\/orgs\/\{orgId\}/,
    where: 'answers 403 and 404',
    what: 'the body of the routing layer is not documented, and for some operations neither is the status',
    reason: 'an organization that does not exist is refused before the application is asked, in a shape of its own',
    correct: alsoAnswers(bodies.routing, 403, 404),
  },
  {
    operation: / \/admin\/v[12]\/orgs\/\{orgId\}\//,
    where: 'answer 404',
    what: 'that the organization is unknown is not documented everywhere',
    reason: 'each of these operations needs it to exist; that on the organization itself documents the error',
    correct: alsoAnswers(bodies.unknownOrganization, 404),
  },
  {
    operation: /^POST \/admin\/v2\/.*\/workspaces$/,
    where: 'answers 400 and 403',
    what: 'a single error is documented',
    reason: 'all other operations answer with a list of such errors',
    correct: alsoAnswers(bodies.application, 400, 403),
  },
  {
    operation: /^POST \/admin\/v2\/.*\/restore$/,
    where: 'answer 409',
    what: 'the status is not documented',
    reason: 'a restore gives products back, and the same operation of v1 documented 409 for a reached licence limit',
    correct: alsoAnswers(bodies.application, 409),
  },
  {
    operation: /^GET \/admin\/v2\/.*\/users\/\{accountId\}\/role-assignments$/,
    where: 'answer 200, userDirectoryStatus',
    what: 'nullable is next to a reference, where OpenAPI ignores it',
    reason: 'a role in the organization belongs to no directory, and null is what the file means to allow',
    correct: alsoNull('MultiDirectoryUserRoleAssignment', 'userDirectoryStatus'),
  },
  {
    operation: /^GET \/admin\/v2\/.*\/groups\/\{groupId\}$/,
    where: 'answer 200, description',
    what: 'null is not documented',
    reason: 'the same property of the same group may be null in a search',
    correct: alsoNull('MultiDirectoryGroupDetails', 'data', 'description'),
  },
  {
    operation: management,
    where: 'answer 429',
    what: 'the status is not documented, or without a body',
    reason: 'the rate limit is one of the whole API; the list of API tokens documents the status',
    correct: alsoAnswers(bodies.gateway, 429),
  },
  {
    operation: management,
    where: 'answer 403, context',
    what: 'a text is not documented',
    reason: 'callers of the real service have published refusals that explain themselves with a text',
    correct: alsoAnswers(bodies.explainedRefusal, 403),
  },
  {
    operation: /^PATCH \/users\/\{account_id\}\/manage\/profile$/,
    where: 'request',
    what: 'the whole account is required',
    reason: 'the operation changes what is given and leaves the rest',
    correct: mayBePartial,
  },
  {
    operation: jira,
    where: 'answers 400, 403, 404 and 409',
    what: 'most refusals are documented without a body',
    reason: 'Jira explains each refusal in its collection of errors, which the file documents for some operations',
    correct: refusalsSay(bodies.jira),
  },
  {
    operation: jira,
    where: 'answers 401 and 429',
    what: 'the gateway is not documented',
    reason:
      'the file describes a site; under api.atlassian.com the gateway stands before it and refuses in its own shape',
    correct: alsoAnswers(bodies.gateway, 401, 429),
  },
  {
    operation: jira,
    where: 'answer 404',
    what: 'that the site is unknown is not documented',
    reason: 'the file describes a site; under api.atlassian.com its id is part of the path, and may be wrong',
    correct: alsoAnswers(bodies.jira, 404),
  },
  {
    operation: /^POST .*\/issue\/\{issueIdOrKey\}\/notify$/,
    where: 'answer 204',
    what: 'a body is documented',
    reason: 'an answer of this status has none',
    correct: answersWithoutBody(204),
  },
]
