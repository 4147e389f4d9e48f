// One section of a screen: a heading, an optional status on its right, and the content.
import Heading from '@atlaskit/heading'
import { Inline, Stack } from '@atlaskit/primitives/compiled'
import { useId, type ReactNode } from 'react'
import styles from './card.module.css'

interface CardProps {
  readonly title: string
  readonly testId: string
  readonly span?: 'full' | 'wide' | 'half' | 'narrow'
  readonly status?: ReactNode
  readonly children: ReactNode
}

export function Card({ title, testId, span = 'half', status, children }: CardProps) {
  const headingId = useId()
  return (
    <section className={`${styles['card']} ${styles[span]}`} aria-labelledby={headingId} data-testid={testId}>
      <Stack space="space.200">
        <Inline spread="space-between" alignBlock="center" space="space.100" shouldWrap>
          <Heading size="small" as="h2" id={headingId}>
            {title}
          </Heading>
          {status}
        </Inline>
        {children}
      </Stack>
    </section>
  )
}
