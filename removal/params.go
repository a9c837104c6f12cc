package removal

import "go/types"

// paramGoes reports whether the function loses its i-th parameter, because every
// caller passes the flag's value there.
func (e *engine) paramGoes(fn *types.Func, i int) bool {
	return fn != nil && e.params[idOf(fn)][i]
}
