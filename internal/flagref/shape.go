package flagref

import (
	"cmp"
	"slices"
)

// keysOf lists the constant keys of an evaluation; why tells why not all are known.
func keysOf(v *value) (keys []*value, why string) {
	switch v.Kind {
	case kConst:
		if v.isString() && v.Text != "" {
			return []*value{v}, ""
		}
		return nil, "the key is no string"
	case kMap:
		return keysOf(&value{Kind: kList, Elems: v.Keys})
	case kOneOf, kList:
		for _, e := range v.Elems {
			if e.Kind == kDynamic && e.Index == 1 {
				continue // a row of a table without a key
			}
			ks, w := keysOf(e)
			for _, k := range ks {
				if !slices.ContainsFunc(keys, func(o *value) bool { return o.Text == k.Text }) {
					keys = append(keys, k)
				}
			}
			if w != "" {
				why = w
			}
		}
		if len(v.Elems) == 0 {
			why = "the list of keys is empty"
		}
		return keys, why
	case kDynamic:
		return nil, cmp.Or(v.Text, "the key is computed at run time")
	case kFlag:
		return nil, "the key is the value of another flag"
	}
	return nil, "the key is computed at run time"
}

// keysOf is keysOf, and notes where a key is not known.
func (p *state) keysOf(v *value) (keys []*value, why string) {
	keys, why = keysOf(v)
	if why != "" && why != none {
		p.look.lose(v)
	}
	return keys, why
}

// places are the keys that keysOf found in v, and those equal to one of them that stand in
// other places.
func (v *value) places(keys []*value) []*value {
	if v.Kind != kOneOf {
		return keys
	}
	var out []*value
	for _, e := range v.Elems {
		if e.isString() && slices.ContainsFunc(keys, func(k *value) bool { return k.Text == e.Text }) {
			out = append(out, e)
		}
	}
	for _, k := range keys { // of what nests
		if !slices.ContainsFunc(out, func(o *value) bool { return o.Text == k.Text }) {
			out = append(out, k)
		}
	}
	return out
}

// noShape is the shape of a node that yields no value.
func noShape() Shape { return Shape{Result: -1, Error: -1, Found: -1, Callback: -1} }

// readShape is the shape of a variable or field that holds a flag's value.
func readShape(exact bool) Shape {
	s := noShape()
	s.Result, s.Exact = 0, exact
	return s
}

// shapeOf tells how the value of e leaves a call with these results.
func shapeOf(e *eval, results []*value) Shape {
	shape := noShape()
	shape.Callback, shape.CallbackWhen = e.Callback-1, e.CallbackWhen
	shape.Idle, shape.IdleWhen = e.Idle, e.IdleWhen
	text := e.String()
	for i, r := range results {
		switch {
		case r.Kind == kFunc && r.Func.Sum != nil:
			for _, inner := range r.Func.Sum.Evals {
				if inner.String() == text && shape.Result < 0 {
					s := shapeOf(inner, r.Func.Sum.Results)
					shape.Result, shape.Func = i, true
					shape.Negated, shape.Exact = s.Negated, s.Exact
				}
			}
		case r.Kind != kFlag || r.Flag.Eval.String() != text:
		case r.Flag.Role == "error":
			shape.Error = i
		case r.Flag.Role == "found":
			shape.Found = i
		case r.Flag.Role == "" && shape.Result < 0:
			shape.Result, shape.Negated, shape.Exact, shape.Fallback = i, r.Flag.Negated, r.Flag.Exact, r.Flag.Fallback
		case r.Flag.Role == "map" && shape.Result < 0 && !e.Whole:
			shape.Result = i
		case r.Flag.Role == "details" && shape.Result < 0:
			shape.Result, shape.Exact = i, r.Flag.Exact
			shape.Details = map[string]string{}
			for _, d := range e.Details {
				shape.Details[d.Name] = d.Role
			}
		}
	}
	if len(results) == 0 && e.Callback > 0 {
		shape.Exact = true
	}
	return shape
}
