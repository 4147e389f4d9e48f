// Requests that tests of the simulator may send although the official files lack them, each with the reason.

export const outside: readonly { readonly request: RegExp; readonly reason: string }[] = [
  {
    request: /^GET \/ex\/jira\/[^/]+\/rest\/api\/3\/auditing\/record$/,
    reason: 'Atlassian documents it; the part of the file of Jira that is kept here leaves it out',
  },
  {
    request: /^(POST|DELETE) \/admin\/v1\/orgs\/[^/]+\/directory\//,
    reason: 'Atlassian withdrew these in 2026; the simulator offers them on request, to show what that was like',
  },
]
