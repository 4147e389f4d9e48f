// Texts of errors.
import { inJira } from '../host/host'

/** Inside Jira an admin has no command line and no server. */
const shownIn = ({ server, jira }: { readonly server: string; readonly jira: string }): string =>
  inJira ? jira : server

export const errors = {
  loadTitle: 'The overview could not be loaded',
  refreshTitle: 'The overview could not be updated',
  crashTitle: 'This page could not be shown',
  partTitle: 'This could not be loaded',
  staleTitle: 'This could not be updated',
  connectionTitle: 'The connection could not be checked',
  crash: 'Rollcall sent a response that this page cannot show. Nothing was changed in your organization.',
  again: 'Rollcall retries every 15 seconds.',
  outdated: (time: string) => `The data below is from ${time}.`,
  retry: 'Try again',
  reload: 'Reload the page',
  unreachable: 'The Rollcall server cannot be reached. Check that it is running.',
  tooSlow: 'The Rollcall server did not respond in time.',
  unexpectedResponse: shownIn({
    server: 'The server sent an unexpected response. Check the address and any proxy in between.',
    jira: 'Rollcall sent an unexpected response. Reload the page.',
  }),
  bridge: 'Rollcall did not respond. Try again. If it happens again, check the app logs under Manage apps, Rollcall.',
  status: (status: number) => `The Rollcall server responded with status ${status}.`,
} as const
