package flagref

import (
	"go/types"
	"slices"
)

// way says what an evaluation or override goes through, beside the calls.
type way struct {
	// Methods are the methods of interfaces, by their full names.
	Methods []string
	Guards  []guard
}

// guard limits what a method of an interface does to the type whose method does it:
// where the value behind the interface is known to be of another one, it is not done.
type guard struct {
	Value  *value // behind the interface
	Type   string // as typeName gives it
	Method string
}

// behind is the way through a method of an interface that type t implements.
func (w way) behind(method *types.Func, t types.Type) way {
	out := way{append([]string{method.FullName()}, w.Methods...), w.Guards}
	if name := typeName(t); name != "" {
		out.Guards = append([]guard{{param("", -1), name, method.Name()}}, w.Guards...)
	}
	return out
}

// decorated reports whether the way leads through one method of an interface twice: what
// implements it wraps another that does.
func (w way) decorated() bool {
	for i, m := range w.Methods {
		if slices.Contains(w.Methods[i+1:], m) {
			return true
		}
	}
	return false
}

// supposed reports whether nothing tells that a decorator is there: any might be, in
// any number.
func (w way) supposed() bool { return len(w.Guards) > 0 && w.decorated() }

// text renders the guards.
func (w way) text() string {
	text := ""
	for _, g := range w.Guards {
		text += " if " + g.Value.String() + " is " + g.Type
	}
	return text
}

// substGuards replaces in the guards of a way. It leaves out those that hold, or of
// which nothing will be known, and reports whether the way may be gone.
func (p *state) substGuards(w way, b binding) (left []guard, ok bool) {
	for _, g := range w.Guards {
		g.Value = p.subst(g.Value, b)
		is, known := p.isOf(g.Value, g)
		switch {
		case known && !is, !known && !g.Value.symbolic() && w.decorated():
			return nil, false
		case !known && g.Value.symbolic():
			left = append(left, g)
		}
	}
	return left, true
}

// isOf reports whether a value is of the guard's type, if that is known. Only types
// beside that one are known not to be it: of these the interface's implementations are
// seen here or told by a fact.
func (p *state) isOf(v *value, g guard) (is, known bool) {
	switch v.Kind {
	case kStruct:
		if v.Text == g.Type {
			return true, true
		}
		dot := lastDot(v.Text)
		if dot < 0 || dot != lastDot(g.Type) || v.Text[:dot] != g.Type[:dot] {
			return false, false
		}
		fn, _ := p.methodOf(v.Text, g.Method)
		return false, fn != nil && !types.IsInterface(recvType(fn))
	case kOneOf:
		for _, e := range v.Elems {
			if is, known := p.isOf(e, g); is || !known {
				return false, false
			}
		}
		return false, true
	}
	return false, false
}
