// The notices above every screen: no organization, stop switch on, messages from the server, incomplete snapshot, demo.
import { Stack } from '@atlaskit/primitives/compiled'
import SectionMessage from '@atlaskit/section-message'
import { formatNumber } from '../parts/format'
import { messages } from '../messages'
import styles from './notices.module.css'
import type { OverviewData } from '../overview/overview-data'
import { Sentence } from '../parts/sentence'

interface NoticesProps {
  readonly overview: OverviewData
  /** Whether the page can connect an organization. */
  readonly connectsHere: boolean
  /** Whether to explain the demo. The top bar labels it on every screen. */
  readonly whole: boolean
}

export function Notices({ overview, connectsHere, whole }: NoticesProps) {
  const { organization, stopped, snapshot, notices } = overview
  const demo = overview.demo && whole
  const incomplete = snapshot !== null && !snapshot.complete
  const unconnected = !organization && !connectsHere
  if (!unconnected && !stopped && !incomplete && !demo && notices.length === 0) return null
  return (
    <Stack space="space.150">
      {stopped && (
        <SectionMessage appearance="error" title={messages.stopSwitch.title} testId="notice-stopped">
          <p>
            <Sentence>{messages.stopSwitch.text}</Sentence>
          </p>
        </SectionMessage>
      )}
      {notices.map((notice) => (
        <SectionMessage key={notice} appearance="warning" title={messages.notice} testId="notice-host">
          <p>{notice}</p>
        </SectionMessage>
      ))}
      {unconnected && <Connect />}
      {incomplete && (
        <SectionMessage appearance="warning" title={messages.snapshot.incompleteTitle} testId="notice-incomplete">
          <p>
            <Sentence>
              {messages.snapshot.incomplete(formatNumber(snapshot.accounts), formatNumber(snapshot.expected))}
            </Sentence>
          </p>
        </SectionMessage>
      )}
      {demo && (
        <SectionMessage appearance="discovery" title={messages.demo.title} testId="notice-demo">
          <p>{messages.demo.text}</p>
        </SectionMessage>
      )}
    </Stack>
  )
}

function Connect() {
  const text = messages.connect
  return (
    <SectionMessage appearance="information" title={text.title} testId="notice-connect">
      <p>{text.intro}</p>
      <ol className={styles['steps']}>
        {text.steps.map((step) => (
          <li key={step}>
            <Sentence>{step}</Sentence>
          </li>
        ))}
      </ol>
      <p>{text.later}</p>
    </SectionMessage>
  )
}
