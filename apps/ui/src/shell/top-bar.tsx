// The top bar: the product's name, the organization, and a label for a demo.
import Lozenge from '@atlaskit/lozenge'
import { Inline, Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import type { OverviewData } from '../overview/overview-data'
import styles from './top-bar.module.css'

export function TopBar({ overview }: { readonly overview: OverviewData | undefined }) {
  return (
    <header className={styles['bar']}>
      <Inline space="space.100" alignBlock="center">
        <img src="./rollcall.svg" width={24} height={24} alt="" />
        <Text weight="bold">{messages.product}</Text>
      </Inline>
      <span className={styles['organization']}>
        {overview?.organization && <Text color="color.text.subtle">{overview.organization.name}</Text>}
        {overview?.demo && <Lozenge appearance="discovery">{messages.demo.label}</Lozenge>}
      </span>
    </header>
  )
}
