// One large number with its label.
import { Inline, MetricText, Text } from '@atlaskit/primitives/compiled'
import { formatNumber } from './format'

interface MetricProps {
  readonly value: number
  readonly label: string
}

export function Metric({ value, label }: MetricProps) {
  return (
    <Inline space="space.075" alignBlock="baseline">
      <MetricText size="large">{formatNumber(value)}</MetricText>
      <Text color="color.text.subtle">{label}</Text>
    </Inline>
  )
}
