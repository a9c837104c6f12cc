package flagref

import (
	"go/types"
	"maps"
	"slices"
	"strings"
)

// impl tells that a method of an interface is a wrapper, because a type that is
// used as the interface implements it as one.
type impl struct {
	Method string // full name
	Sum    *summary
}

// implFact tells importers which interface methods are wrappers by what this
// package converts to the interfaces.
type implFact struct{ Impls []impl }

// AFact marks a fact of go/analysis.
func (*implFact) AFact() {}

// String renders the fact, for tests.
func (f *implFact) String() string {
	text := ""
	for _, i := range f.Impls {
		text += i.Method + ": " + i.Sum.String() + "\n"
	}
	return text
}

// Extra is what a package tells of things that packages which do not import it
// could not know: which of their interfaces are implemented by wrappers, which of
// their constants are keys, and which environment variables that they set are flags. A driver that has the whole program runs the analyzer
// twice, and gives the second run the Merge of what the first one found.
type Extra struct {
	impls []impl
	keys  map[string]string // key constants, path.Name to provider
	// envs are the environment variables that set the package's flags; asks those
	// that the package sets and knows no flag for. Merge keeps what is asked for.
	envs map[string]envFlag
	asks []string
}

// Merge joins what several packages tell; nil ones tell nothing.
func Merge(all ...*Extra) *Extra {
	out := &Extra{keys: map[string]string{}, envs: map[string]envFlag{}}
	for _, e := range all {
		if e == nil {
			continue
		}
		for _, name := range e.asks {
			for _, o := range all {
				if o == nil {
					continue
				}
				if flag, ok := o.envs[name]; ok {
					out.envs[name] = flag
				}
			}
		}
	}
	out.asks = sortedKeys(out.envs)
	sums := map[string]*summary{}
	for _, e := range all {
		if e == nil {
			continue
		}
		for _, i := range e.impls {
			sums[i.Method] = merge(sums[i.Method], i.Sum)
		}
		maps.Copy(out.keys, e.keys)
	}
	for _, name := range sortedKeys(sums) {
		out.impls = append(out.impls, impl{name, sums[name]})
	}
	return out
}

// Each calls f with the package and the name of each method and constant that it tells of.
func (e *Extra) Each(f func(path, name string)) {
	if e == nil {
		return
	}
	for _, i := range e.impls {
		path, name := methodPlace(i.Method)
		f(path, name)
	}
	for _, name := range sortedKeys(e.keys) {
		dot := strings.LastIndexByte(name, '.')
		f(name[:dot], name[dot+1:])
	}
}

// methodPlace is the package of a method, by its full name, and its name.
func methodPlace(full string) (path, name string) {
	recv, name, _ := strings.Cut(strings.TrimLeft(full, "(*"), ").")
	if i := strings.IndexByte(recv, '['); i >= 0 {
		recv = recv[:i]
	}
	if dot := lastDot(recv); dot >= 0 {
		recv = recv[:dot]
	}
	return recv, name
}

// Empty reports whether there is nothing that a second run could use.
func (e *Extra) Empty() bool { return e == nil || len(e.impls)+len(e.keys)+len(e.envs) == 0 }

// Equal reports whether two tell the same; a third run is then of no use.
func (e *Extra) Equal(o *Extra) bool {
	if e.Empty() || o.Empty() {
		return e.Empty() == o.Empty()
	}
	return maps.Equal(e.keys, o.keys) && maps.Equal(e.envs, o.envs) && slices.EqualFunc(e.impls, o.impls, func(a, b impl) bool {
		return a.Method == b.Method && a.Sum.String() == b.Sum.String()
	})
}

// list gives the methods of named interfaces that conversions in this package
// make wrappers, sorted.
func (m *implementations) list() []impl {
	sums := map[string]*summary{}
	for fn, sum := range m.here {
		if named, ok := types.Unalias(recvType(fn)).(*types.Named); ok && named.Obj().Parent() == named.Obj().Pkg().Scope() {
			sums[fn.FullName()] = sum
		}
	}
	var out []impl
	for _, name := range sortedKeys(sums) {
		out = append(out, impl{name, sums[name]})
	}
	return out
}

// foreign is list without the interfaces of this package, whose importers learn
// of them by facts.
func (m *implementations) foreign() []impl {
	return slices.DeleteFunc(m.list(), func(i impl) bool {
		fn := m.p.function(i.Method)
		return fn != nil && fn.Pkg() == m.p.pass.Pkg
	})
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
