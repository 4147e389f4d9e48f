// Product users: users with a seat of one product on one site.
import { placeName } from '@rollcall/core/product-name'
import { messages } from '../messages'
import { Empty } from '../parts/empty'
import { Fetched } from '../parts/fetched'
import { ScreenHeader } from '../parts/screen-header'
import { SelectField } from '../parts/select-field'
import { useOperation } from '../parts/use-operation'
import { go } from '../shell/route'
import type { ScreenProps } from '../shell/route'
import { asAddress, filterIn } from './filter'
import { UsersScreen } from './users-screen'

const text = messages.users

export default function ProductUsers({ query }: ScreenProps) {
  const licenses = useOperation('licenses')
  const filter = filterIn(query)
  return (
    <Fetched query={licenses} loading={text.loadingProducts}>
      {(places) => {
        const wanted = filter.site !== undefined || filter.product !== undefined
        // A link to a removed product shows no users; it must not show those of another product.
        const place = wanted
          ? places.find(({ site, product }) => site === filter.site && product === filter.product)
          : places[0]
        if (places.length === 0) return <Empty>{text.noProducts}</Empty>
        const choose = (value: string) => {
          const [chosenSite, chosenProduct] = value.split(' ')
          go('product-users', undefined, asAddress({ ...filter, site: chosenSite, product: chosenProduct }))
        }
        const chooser = (
          <SelectField
            label={text.siteAndProduct}
            value={place === undefined ? '' : `${place.site} ${place.product}`}
            choices={[
              ...(place === undefined ? [{ value: '', label: text.choose }] : []),
              ...places.map((one) => ({
                value: `${one.site} ${one.product}`,
                label: placeName(one.site, one.product),
              })),
            ]}
            onChange={choose}
          />
        )
        if (place === undefined)
          return (
            <>
              <ScreenHeader title={messages.navigation.screens['product-users']} />
              <Empty>{text.unknownPlace(placeName(filter.site ?? '', filter.product ?? ''))}</Empty>
              {chooser}
            </>
          )
        const { site, product } = place
        return (
          <UsersScreen
            screen="product-users"
            intro={text.productIntro}
            filter={{ ...filter, site, product }}
            place={{ site, product }}
            chooser={chooser}
          />
        )
      }}
    </Fetched>
  )
}
