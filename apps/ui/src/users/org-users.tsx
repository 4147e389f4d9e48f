// Org users: all users of the organization, by their last activity anywhere in Atlassian.
import { messages } from '../messages'
import type { ScreenProps } from '../shell/route'
import { filterIn } from './filter'
import { UsersScreen } from './users-screen'

export default function OrgUsers({ query }: ScreenProps) {
  return <UsersScreen screen="org-users" intro={messages.users.orgIntro} filter={filterIn(query)} />
}
