// Package enumuse asks for flags that are values of an enumeration of another package.
package enumuse

import "flagref/enums"

func use(s *enums.Store) {
	_ = s.On(enums.Cart)        // want `evaluation enum-cart exact`
	_ = s.Wrapped(enums.Search) // want `evaluation enum-search exact via`
	_ = s.On(enums.Secret)      // want `evaluation dynamic: the key is put together by fmt.Sprintf`
	_ = s.OnFor(2)              // want `evaluation dynamic: .*`
	s.Set(enums.Cart, true)     // want `override enum-cart set=true`
}
