// A failed request: what failed, when Rollcall tries again, and a button to try now.
import SectionMessage, { SectionMessageAction } from '@atlaskit/section-message'

interface TroubleProps {
  readonly appearance: 'error' | 'warning'
  readonly title: string
  readonly details: readonly string[]
  readonly action: string
  readonly onAction: () => void
}

export function Trouble({ appearance, title, details, action, onAction }: TroubleProps) {
  return (
    <div role="alert" data-testid="trouble">
      <SectionMessage
        appearance={appearance}
        title={title}
        actions={<SectionMessageAction onClick={onAction}>{action}</SectionMessageAction>}
      >
        {details.map((detail) => (
          <p key={detail}>{detail}</p>
        ))}
      </SectionMessage>
    </div>
  )
}
