package flagref

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/refactor/satisfy"
)

// implementations knows which methods of interfaces are wrappers: a type whose
// method is one is used as the interface somewhere. Where it is used so is seen
// in this package, told by packages that this one imports, or by a first pass
// over the whole program (Config.Extra). An SDK's own type counts for any
// interface that it satisfies with a signature of the SDK's making; a method such
// as Enabled(string) bool could be anything, and needs the conversion as evidence.
type implementations struct {
	p     *state
	pairs []pair                   // conversions in this package
	here  map[*types.Func]*summary // by interface method, from pairs
	told  map[string]*summary      // by full name, from imports and the first pass
	shape map[*types.Func]*summary // by interface method, from the SDKs' types
	sdk   map[string][]*types.Named
}

// pair is a conversion of a value of type from to an interface.
type pair struct {
	iface *types.Interface
	from  types.Type
}

func newImplementations(p *state) *implementations {
	m := &implementations{p: p, here: map[*types.Func]*summary{}, told: map[string]*summary{}, shape: map[*types.Func]*summary{}}
	for _, file := range p.pass.Files {
		m.conversions(file)
	}
	m.sort()
	for _, f := range p.pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*implFact); ok {
			for _, i := range fact.Impls {
				m.tell(i)
			}
		}
	}
	if p.cfg.Extra != nil {
		for _, i := range p.cfg.Extra.impls {
			m.tell(i)
		}
	}
	return m
}

func (m *implementations) tell(i impl) {
	m.told[i.Method] = merge(m.told[i.Method], i.Sum)
}

// conversions collects the conversions to interfaces of one file.
func (m *implementations) conversions(file *ast.File) {
	// The finder gives up by a panic on code that it does not understand; the
	// conversions of that file are then not known.
	defer func() { _ = recover() }()
	var f satisfy.Finder
	f.Find(m.p.info, []*ast.File{file})
	for c := range f.Result {
		if iface, ok := c.LHS.Underlying().(*types.Interface); ok && iface.NumMethods() > 0 {
			m.pairs = append(m.pairs, pair{iface, c.RHS})
		}
	}
}

// sort orders the conversions by the names of their types.
func (m *implementations) sort() {
	type named struct {
		pair
		from, iface string
	}
	list := make([]named, 0, len(m.pairs))
	for _, c := range m.pairs {
		list = append(list, named{c, types.TypeString(c.from, nil), types.TypeString(c.iface, nil)})
	}
	slices.SortStableFunc(list, func(a, b named) int {
		if c := strings.Compare(a.from, b.from); c != 0 {
			return c
		}
		return strings.Compare(a.iface, b.iface)
	})
	for i := range list {
		m.pairs[i] = list[i].pair
	}
}

// update works the conversions out anew, and reports whether they now tell more.
func (m *implementations) update() bool {
	next := map[*types.Func]*summary{}
	for _, c := range m.pairs {
		for i := range c.iface.NumMethods() {
			method := c.iface.Method(i).Origin()
			if sum := m.implements(method, c.from); sum != nil {
				next[method] = merge(next[method], sum)
			}
		}
	}
	changed := len(next) != len(m.here)
	for method, sum := range next {
		changed = changed || m.here[method].String() != sum.String()
	}
	m.here = next
	return changed
}

// implements is the summary of type t's method of that name, as a caller through
// the interface sees it; nil if it is no wrapper.
func (m *implementations) implements(method *types.Func, t types.Type) *summary {
	obj, index, _ := types.LookupFieldOrMethod(t, true, method.Pkg(), method.Name())
	fn, ok := obj.(*types.Func)
	if !ok || fn.Origin() == method {
		return nil
	}
	sum := m.p.summaryOf(fn)
	if sum == nil {
		return nil
	}
	// The receiver is the interface's dynamic value: what a method reads from it
	// is known only where that value is. For an interface of other packages this
	// would make calls of general methods (ServeHTTP) evaluations.
	path := fieldPath(t, index[:len(index)-1])
	own := method.Pkg() == m.p.pass.Pkg
	out := &summary{Effects: sum.Effects}
	recv := param("", -1)
	for _, name := range path {
		recv = m.p.field(recv, name)
	}
	b := binding{"", func(i int) *value {
		if i < 0 {
			return recv
		}
		return param("", i)
	}}
	for _, e := range sum.Evals {
		if own || !e.Key.usesReceiver() {
			if e = m.p.substEval(e, b); e != nil {
				e.Way = e.Way.behind(method, t)
				out.Evals = append(out.Evals, e)
			}
		}
	}
	for _, e := range sum.Sets {
		if own || !e.Key.usesReceiver() {
			if e = m.p.substSet(e, b); e != nil {
				e.Way = e.Way.behind(method, t)
				out.Sets = append(out.Sets, e)
			}
		}
	}
	if len(out.Evals)+len(out.Sets) == 0 {
		return nil
	}
	for _, r := range sum.Results {
		if r.Kind == kFlag && !own && r.Flag.Eval.Key.usesReceiver() {
			r = dynamic("the value is computed at run time")
		}
		out.Results = append(out.Results, m.p.subst(r, b))
	}
	return out
}

// merge is the summary of a method that is either of two.
func merge(a, b *summary) *summary {
	if a == nil {
		return b
	}
	out := &summary{Effects: a.Effects || b.Effects, Evals: slices.Clone(a.Evals), Sets: slices.Clone(a.Sets),
		Calls: slices.Clip(a.Calls), Results: slices.Clone(a.Results)}
	for _, e := range b.Evals {
		out.add(e)
	}
	for _, e := range b.Sets {
		out.addSet(e)
	}
	for i := range out.Results {
		if i < len(b.Results) {
			out.Results[i] = mergeResult(out.Results[i], b.Results[i])
		}
	}
	out.limit()
	return out
}

// mergeResult is a result of either implementation. Two that evaluate the same
// flag by different providers agree on what the result is.
func mergeResult(a, b *value) *value {
	if a.Kind == kFlag && b.Kind == kFlag && same(a.Flag.Eval.Key, b.Flag.Eval.Key) && a.Flag.Role == b.Flag.Role &&
		a.Flag.Negated == b.Flag.Negated {
		f := *a.Flag
		f.Exact = a.Flag.Exact && b.Flag.Exact
		f.Fallback = !f.Exact && (a.Flag.Exact || a.Flag.Fallback) && (b.Flag.Exact || b.Flag.Fallback)
		return &value{Kind: kFlag, Flag: &f}
	}
	if same(a, b) {
		return a
	}
	return dynamic("the value is computed at run time")
}

// summary is what is known of an interface method; nil: nothing.
func (m *implementations) summary(fn *types.Func) *summary {
	sum := m.here[fn]
	name := fn.FullName()
	m.p.asked.name(askedImpl, name)
	if told := m.told[name]; told != nil {
		sum = merge(sum, told)
	}
	if sum == nil {
		sum = m.satisfied(fn)
	}
	return sum
}

// satisfied looks for an SDK's type that satisfies the interface of fn.
func (m *implementations) satisfied(fn *types.Func) *summary {
	if sum, ok := m.shape[fn]; ok {
		return sum
	}
	m.shape[fn] = nil
	iface, ok := recvType(fn).Underlying().(*types.Interface)
	if !ok || !iface.IsMethodSet() {
		return nil
	}
	for _, t := range m.sdkTypes()[fn.Name()] {
		if t.Obj().Pkg() == fn.Pkg() || !telling(fn, t) {
			continue
		}
		for _, t := range []types.Type{t, types.NewPointer(t)} {
			if types.Implements(t, iface) {
				if sum := m.implements(fn, t); sum != nil {
					m.shape[fn] = merge(m.shape[fn], sum)
				}
				break
			}
		}
	}
	return m.shape[fn]
}

// telling reports whether the signature of an interface method names a type of
// the package, or its neighbours, that declares the SDK's type t.
func telling(fn *types.Func, t *types.Named) bool {
	root := moduleRoot(t.Obj().Pkg().Path())
	sig := fn.Signature()
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range tuple.Variables() {
			found := false
			var walk func(t types.Type)
			walk = func(t types.Type) {
				switch t := types.Unalias(t).(type) {
				case *types.Pointer:
					walk(t.Elem())
				case *types.Slice:
					walk(t.Elem())
				case *types.Named:
					if pkg := t.Obj().Pkg(); pkg != nil && moduleRoot(pkg.Path()) == root {
						found = true
					}
				}
			}
			walk(v.Type())
			if found {
				return true
			}
		}
	}
	return false
}

// moduleRoot is the part of an import path that names an organisation's host:
// launchdarkly's contexts are a module of their own beside its SDK.
func moduleRoot(path string) string {
	parts := strings.SplitN(path, "/", 3)
	if len(parts) > 2 {
		parts = parts[:2]
	}
	return strings.Join(parts, "/")
}

// sdkTypes lists the types of imported packages that have evaluating methods, by
// the names of these.
func (m *implementations) sdkTypes() map[string][]*types.Named {
	if m.sdk != nil {
		return m.sdk
	}
	m.sdk = map[string][]*types.Named{}
	for _, path := range sortedKeys(m.p.types) {
		if !m.p.isSDK(path) {
			continue
		}
		scope := m.p.types[path].Scope()
		for _, name := range scope.Names() {
			obj, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() || !obj.Exported() {
				continue
			}
			named, ok := obj.Type().(*types.Named)
			if !ok || types.IsInterface(named) || named.TypeParams().Len() > 0 {
				continue
			}
			for fn := range named.Methods() {
				if match, ok := m.p.set.Function(fn); ok && len(match.Spec.Prefixes) == 0 && !match.Row.Mention {
					m.sdk[fn.Name()] = append(m.sdk[fn.Name()], named)
				}
			}
		}
	}
	return m.sdk
}

// isSDK reports whether a package can hold types that a provider describes.
func (p *state) isSDK(path string) bool {
	for _, s := range p.set.Specs() {
		for _, mod := range s.Modules {
			if i := strings.LastIndex(mod, "/v"); i > 0 {
				mod = mod[:i]
			}
			if strings.HasPrefix(path, mod) {
				return true
			}
		}
		if len(s.Modules) == 0 && len(s.Prefixes) == 0 {
			for _, f := range s.Functions {
				if strings.Contains(f.Name, "("+path+".") || strings.Contains(f.Name, "(*"+path+".") {
					return true
				}
			}
		}
	}
	return false
}
