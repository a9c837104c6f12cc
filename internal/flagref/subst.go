package flagref

import (
	"go/constant"
	"slices"
	"strings"
)

// binding gives the parameters of the function fn their values.
type binding struct {
	fn  string
	arg func(i int) *value
}

// subst returns v with the parameters of b's function replaced.
func (p *state) subst(v *value, b binding) *value {
	if v == nil {
		return nil
	}
	if !v.free(b.fn) {
		return v
	}
	switch v.Kind {
	case kParam:
		return b.arg(v.Index)
	case kField:
		x := p.subst(v.Elems[0], b)
		got := p.field(x, v.Text)
		if got.Kind == kDynamic && len(v.Elems) > 1 {
			return v.Elems[1]
		}
		if got.Kind == kField && len(v.Elems) > 1 {
			w := *got
			w.Elems = append(slices.Clip(w.Elems[:1]), v.Elems[1])
			return &w
		}
		return got
	case kIndex:
		var otherwise *value
		if len(v.Elems) > 2 {
			otherwise = v.Elems[2]
		}
		return p.element(p.subst(v.Elems[0], b), p.subst(v.Elems[1], b), otherwise)
	case kKeyOf:
		return keyOf(p.subst(v.Elems[0], b))
	case kConcat:
		return concat(p.substAll(v.Elems, b)...)
	case kPure:
		return pure(v.Text, p.substAll(v.Elems, b))
	case kOneOf:
		return wayOut(p.substAll(v.Elems, b), v.Index == 1)
	case kApplied:
		elems := p.substAll(v.Elems, b)
		switch fn := elems[0]; {
		case fn.Kind == kFunc:
			if app := p.applyTo(fn.Func, elems[1:]); app != nil && v.Index < len(app.results) {
				return app.results[v.Index]
			}
			return dynamic("the key is a result of a call")
		case fn.symbolic():
			return &value{Kind: kApplied, Index: v.Index, Elems: elems}
		}
		return dynamic("the key is a result of a call")
	case kCall:
		got := p.callMethod(p.subst(v.Elems[0], b), v.Text, v.Index)
		if got.Kind == kCall && len(v.Names) > 0 {
			got.Names = v.Names // made just now
		}
		return got
	}
	w := *v
	if v.Kind == kMap {
		return p.substMap(v, b)
	}
	w.Keys = p.substAll(v.Keys, b)
	w.Elems = p.substAll(v.Elems, b)
	if v.Flag != nil {
		f := *v.Flag
		e := *f.Eval
		e.Way.Guards = nil // of the evaluation, not of its value
		f.Eval = p.substEval(&e, b)
		w.Flag = &f
	}
	if v.Func != nil {
		f := *v.Func
		f.Bound = p.subst(f.Bound, b)
		f.Sum = p.substSummary(f.Sum, b)
		w.Func = &f
	}
	return merged(&w)
}

// substMap replaces in a map. An entry that a loop over another map makes, with its
// key and out of its value, becomes one for each entry of that map.
func (p *state) substMap(v *value, b binding) *value {
	w := *v
	w.Keys, w.Elems = nil, nil
	for i, k := range v.Keys {
		if k.Kind == kKeyOf {
			if rows, ok := rowsOf(p.subst(k.Elems[0], b)); ok {
				for _, m := range rows {
					for j, key := range m.Keys {
						elem := p.subst(ofEntry(v.Elems[i], k.Elems[0], m.Elems[j]), b)
						if entry := m.Elems[j].entry; entry != nil {
							elem = elem.within(entry)
						}
						w.Keys, w.Elems = append(w.Keys, key), append(w.Elems, elem)
					}
				}
				continue
			}
		}
		w.Keys, w.Elems = append(w.Keys, p.subst(k, b)), append(w.Elems, p.subst(v.Elems[i], b))
	}
	return &w
}

// rowsOf are the maps that x is one of, if these are known.
func rowsOf(x *value) (rows []*value, ok bool) {
	switch {
	case x.Kind == kMap:
		return []*value{x}, true
	case x.Kind == kDynamic && x.Index == 1:
		return nil, true // a row of a table without the map
	case x.Kind != kOneOf:
		return nil, false
	}
	for _, e := range x.Elems {
		r, ok := rowsOf(e)
		if !ok {
			return nil, false
		}
		rows = append(rows, r...)
	}
	return rows, true
}

// ofEntry is v with entry in the place of the changing element of the map m.
func ofEntry(v, m, entry *value) *value {
	if v.Kind == kIndex && v.Elems[1].Kind == kDynamic && same(v.Elems[0], m) {
		return entry
	}
	if v.Kind != kStruct && v.Kind != kMap && v.Kind != kList {
		return v
	}
	w := *v
	w.Elems = make([]*value, len(v.Elems))
	for i, e := range v.Elems {
		w.Elems[i] = ofEntry(e, m, entry)
	}
	return &w
}

func (p *state) substAll(vs []*value, b binding) []*value {
	if vs == nil {
		return nil
	}
	out := make([]*value, len(vs))
	for i, v := range vs {
		out[i] = p.subst(v, b)
	}
	return out
}

// substEval returns nil for an evaluation that is not made.
func (p *state) substEval(e *eval, b binding) *eval {
	c := *e
	var ok bool
	if c.Way.Guards, ok = p.substGuards(e.Way, b); !ok {
		return nil
	}
	c.Key, c.Sub, c.Default = p.subst(e.Key, b), p.subst(e.Sub, b), p.subst(e.Default, b)
	return &c
}

// substSet returns nil for an override that is not made.
func (p *state) substSet(s *set, b binding) *set {
	c := *s
	var ok bool
	if c.Way.Guards, ok = p.substGuards(s.Way, b); !ok {
		return nil
	}
	c.Key, c.Value = p.subst(s.Key, b), p.subst(s.Value, b)
	return &c
}

func (p *state) substCall(d *deferred, b binding) *deferred {
	c := *d
	c.Fn, c.Args = p.subst(d.Fn, b), p.substAll(d.Args, b)
	return &c
}

// wayOut is the value that is one of vs. Where a flag is among them, the others
// are ways out of it if the function says so.
func wayOut(vs []*value, clean bool) *value {
	var flag *value
	for _, v := range vs {
		if v.Kind != kFlag {
			continue
		}
		if flag != nil && !same(flag, v) {
			return join(vs)
		}
		flag = v
	}
	if flag == nil {
		out := oneOf(vs)
		if out.Kind == kOneOf && clean {
			out.Index = 1
		}
		return out
	}
	if len(vs) == 1 {
		return flag
	}
	f := *flag.Flag
	f.Fallback = clean && (f.Exact || f.Fallback)
	f.Exact = false
	return &value{Kind: kFlag, Flag: &f}
}

func (p *state) substSummary(s *summary, b binding) *summary {
	if s == nil {
		return nil
	}
	c := *s
	c.Evals, c.Sets, c.evalAt = nil, nil, nil
	for _, e := range s.Evals {
		if e = p.substEval(e, b); e != nil {
			c.Evals = append(c.Evals, e)
		}
	}
	for _, e := range s.Sets {
		if e = p.substSet(e, b); e != nil {
			c.Sets = append(c.Sets, e)
		}
	}
	c.Calls = make([]*deferred, len(s.Calls))
	for i, d := range s.Calls {
		c.Calls[i] = p.substCall(d, b)
	}
	c.Results = p.substAll(s.Results, b)
	return &c
}

// keyField is the pseudo-field that holds the key of a declared object, which
// has no field that could be read; anyField is a field that stands for all.
const (
	keyField     = "#key"
	defaultField = "#default"
	anyField     = "*"
	// none marks an object that is no flag (an Istio variable that is no bool).
	none = "#none"
)

// field returns field name of x.
func (p *state) field(x *value, name string) *value {
	switch x.Kind {
	case kStruct:
		if slices.Contains(x.Names, none) {
			return dynamic(none)
		}
		if i := slices.Index(x.Names, name); i >= 0 {
			return x.Elems[i]
		}
		if i := slices.Index(x.Names, restField); i >= 0 {
			return p.field(x.Elems[i], name)
		}
		if i := slices.Index(x.Names, anyField); i >= 0 && name != defaultField {
			return x.Elems[i]
		}
		return &value{Kind: kDynamic, Index: 1, Text: "the field " + name + " is not set where the object is made"}
	case kList:
		if name != defaultField {
			l := &value{Kind: kList}
			for _, e := range x.Elems {
				l.Elems = append(l.Elems, p.field(e, name))
			}
			return l
		}
		// Options of a variadic list: the one that carries it.
		for _, e := range x.Elems {
			if e.Kind == kStruct && slices.Contains(e.Names, name) {
				return p.field(e, name)
			}
		}
	case kFlag:
		switch name {
		case keyField:
			return x.Flag.Eval.Key
		case defaultField:
			return dynamic("")
		}
		if x.Flag.Role == "details" {
			return x.Flag.detail(name)
		}
	case kOneOf:
		out := make([]*value, len(x.Elems))
		for i, e := range x.Elems {
			out[i] = p.field(e, name)
		}
		return oneOf(out)
	case kParam, kField, kCall, kIndex, kApplied:
		return &value{Kind: kField, Text: name, Elems: []*value{x}}
	case kDynamic:
		return x
	}
	return dynamic("the object is not known at build time")
}

// detail is the value of a field, or of a call of a method, of a details struct.
func (f *flagValue) detail(name string) *value {
	for _, d := range f.Eval.Details {
		if d.Name != name {
			continue
		}
		if d.Role == "key" {
			return f.Eval.Key
		}
		g := *f
		g.Role = d.Role
		switch d.Role {
		case "value":
			g.Role = ""
		case "negated":
			g.Role, g.Negated = "", !f.Negated
		}
		return &value{Kind: kFlag, Flag: &g}
	}
	return dynamic("not the flag's value")
}

// describes reports whether the provider says what a detail is.
func (f *flagValue) describes(name string) bool {
	return slices.ContainsFunc(f.Eval.Details, func(d detail) bool { return d.Name == name })
}

// keyOf is a key of the map x.
func keyOf(x *value) *value {
	switch x.Kind {
	case kMap:
		return oneOf(x.Keys)
	case kOneOf:
		var out []*value
		for _, e := range x.Elems {
			if e.Kind == kDynamic && e.Index == 1 {
				continue // a row of a table without the map
			}
			out = append(out, keyOf(e))
		}
		return oneOf(out)
	case kParam, kField, kCall, kIndex, kApplied:
		return &value{Kind: kKeyOf, Elems: []*value{x}}
	}
	return dynamic("the key is one of a map's")
}

// indexValue returns x[i].
func (p *state) indexValue(x, i *value) *value {
	switch x.Kind {
	case kFlag:
		if x.Flag.Role == "map" {
			return x.Flag.entry(i)
		}
	case kMap:
		if i.Kind == kConst {
			for k, key := range x.Keys {
				if same(key, i) {
					return x.Elems[k]
				}
			}
			return dynamic("the map has no such key")
		}
		// What is made of a parameter (the path of a request) is hardly ever known
		// where the function is called, and often nothing calls it.
		if i.Kind == kParam {
			return &value{Kind: kIndex, Elems: []*value{x, i}}
		}
		return oneOf(x.Elems)
	case kList:
		if n, ok := constant.Int64Val(toInt(i)); ok && n >= 0 && int(n) < len(x.Elems) && x.Index == 0 {
			return x.Elems[n]
		}
		if i.Kind == kParam && i.Text == "" && len(i.Names) > 0 && x.Index == 0 {
			return &value{Kind: kIndex, Elems: []*value{x, i}} // by an enumeration, whose values are constants
		}
		return oneOfPlaces(x.Elems, true)
	case kOneOf:
		// What is empty has no element to be: a row of a table may name no key.
		var out []*value
		for _, e := range x.Elems {
			if !e.without() {
				out = append(out, p.indexValue(e, i))
			}
		}
		return oneOfPlaces(out, true)
	case kParam, kField, kCall, kIndex, kApplied:
		return &value{Kind: kIndex, Elems: []*value{x, i}}
	case kDynamic:
		return x
	}
	return dynamic("the element is not known at build time")
}

// without reports whether v is a list or a map that has no elements, or nil.
func (v *value) without() bool {
	return (v.Kind == kList || v.Kind == kMap) && len(v.Elems) == 0 || v.Kind == kDynamic && v.Index == 1
}

// entry is the value of a flag in the map that an evaluation of several returned.
func (f *flagValue) entry(key *value) *value {
	e := *f.Eval
	e.Key, e.List, e.Entry = key, false, true
	g := *f
	g.Eval, g.Role = &e, ""
	if len(e.Details) > 0 {
		g.Role = "details"
	}
	return &value{Kind: kFlag, Flag: &g}
}

func toInt(v *value) constant.Value {
	if c := v.constant(); c != nil {
		return constant.ToInt(c)
	}
	return constant.MakeUnknown()
}

// pureFuncs are the functions of package strings that keys are made with.
var pureFuncs = map[string]func(args []string) string{
	"ToUpper":    func(a []string) string { return strings.ToUpper(a[0]) },
	"ToLower":    func(a []string) string { return strings.ToLower(a[0]) },
	"TrimSpace":  func(a []string) string { return strings.TrimSpace(a[0]) },
	"TrimPrefix": func(a []string) string { return strings.TrimPrefix(a[0], a[1]) },
	"TrimSuffix": func(a []string) string { return strings.TrimSuffix(a[0], a[1]) },
	"ReplaceAll": func(a []string) string { return strings.ReplaceAll(a[0], a[1], a[2]) },
}

// pure applies a function of package strings.
func pure(name string, args []*value) *value {
	texts := make([]string, len(args))
	for i, a := range args {
		if a.Kind == kOneOf && i == 0 {
			out := make([]*value, len(a.Elems))
			for k, e := range a.Elems {
				out[k] = pure(name, append([]*value{e}, args[1:]...))
			}
			return oneOf(out)
		}
		if a.symbolic() {
			return &value{Kind: kPure, Text: name, Elems: args}
		}
		if a.Kind == kDynamic && a.Index == 1 {
			return a // a row of a table without a key
		}
		if !a.isString() {
			return dynamic("the key is computed by strings." + name)
		}
		texts[i] = a.Text
	}
	if text := pureFuncs[name](texts); text != texts[0] {
		return stringValue(text)
	}
	return args[0] // as it is written
}
