// The number of selected users, with buttons to select all matching users or none.
import Button from '@atlaskit/button/new'
import { Inline, Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import { formatNumber } from '../parts/format'
import type { Selection } from '../parts/selection'

const text = messages.users

interface SelectionLineProps {
  readonly selection: Selection
  readonly count: number
  readonly total: number
}

export function SelectionLine({ selection, count, total }: SelectionLineProps) {
  return (
    <Inline space="space.100" alignBlock="center" shouldWrap>
      <span role="status">
        <Text weight="medium">{text.selected(formatNumber(count))}</Text>
      </span>
      {!selection.all && total > count && (
        <Button appearance="subtle" onClick={selection.selectAll}>
          {text.selectAll(formatNumber(total))}
        </Button>
      )}
      <Button appearance="subtle" onClick={selection.clear}>
        {text.clear}
      </Button>
    </Inline>
  )
}
