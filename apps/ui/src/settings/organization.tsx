// The organization, its sites, and, on a server, where its keys come from.
import type { OverviewData } from '../overview/overview-data'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { Empty } from '../parts/empty'
import { type Fact, Facts } from '../parts/facts'
import { Sentence } from '../parts/sentence'
import layout from '../parts/layout.module.css'
import { useConnection } from './use-connection'

const text = messages.settings

export function OrganizationCard({ overview: { organization, seats } }: { readonly overview: OverviewData }) {
  const { offered } = useConnection()
  const sites = [...new Set(seats.map(({ site }) => site))]
  return (
    <Card title={text.organization} testId="organization" span="full">
      {organization === null ? (
        <Empty>{text.noOrganization}</Empty>
      ) : (
        <Facts facts={factsOf(organization, sites, offered === false)} />
      )}
    </Card>
  )
}

const factsOf = (
  { id, name }: { readonly id: string; readonly name: string },
  sites: readonly string[],
  keysElsewhere: boolean,
): readonly Fact[] => [
  { label: text.name, value: <bdi>{name}</bdi> },
  { label: text.id, value: <Code>{id}</Code> },
  {
    label: text.sites,
    value: (
      <ul className={layout['lines']}>
        {sites.map((site) => (
          <li key={site}>{site}</li>
        ))}
      </ul>
    ),
  },
  ...(keysElsewhere ? [{ label: text.keys, value: <Sentence>{text.keysOfServer}</Sentence> }] : []),
]
