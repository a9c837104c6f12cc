package flagref

import (
	"bytes"
	"encoding/gob"
	"go/ast"
	"go/types"
	"hash/fnv"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/digest"
)

// Asked is what a search asked of its surroundings: of the registry whether it knows
// keys, and of Extra what it tells of names. The same package with the same facts has
// the same result wherever the answers are the same.
type Asked struct {
	// Known are the keys, in order, and what the answers were.
	Known []Answer
	// Names are hashes of the names, in order. Names that share a hash only make
	// results be found again without need.
	Names []uint64
}

// Answer is what a registry said of a key.
type Answer struct {
	Key   string
	Known bool
}

// Unregistered reports whether a registry was asked for a key, and did not know it.
func (a Asked) Unregistered(key string) bool { return slices.Contains(a.Known, Answer{Key: key}) }

// asked gathers what a search asks.
type asked struct {
	known map[string]bool
	extra map[uint64]bool
}

// The kinds of name that Extra is asked about.
const (
	askedImpl = "method "
	askedKey  = "constant "
	askedEnv  = "variable "
	askedKeys = "constants of " // a package
)

func nameHash(kind, name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(kind))
	h.Write([]byte(name))
	return h.Sum64()
}

func (a *asked) name(kind, name string) { a.extra[nameHash(kind, name)] = true }

// known asks the registry.
func (p *state) known(key string) bool {
	is, ok := p.asked.known[key]
	if !ok {
		is = p.cfg.Known(key)
		p.asked.known[key] = is
	}
	return is
}

func (a *asked) list() Asked {
	var out Asked
	for _, key := range sortedKeys(a.known) {
		out.Known = append(out.Known, Answer{key, a.known[key]})
	}
	out.Names = slices.Sorted(maps.Keys(a.extra))
	return out
}

// Answer is the key of all that Extra answers to what was asked.
func (e *Extra) Answer(to Asked) digest.Sum {
	if e.Empty() {
		return digest.Sum{}
	}
	asks := func(kind, name string) bool {
		_, ok := slices.BinarySearch(to.Names, nameHash(kind, name))
		return ok
	}
	h, any := digest.New("extra"), false
	for _, i := range e.impls {
		if asks(askedImpl, i.Method) {
			any = true
			h.Text(askedImpl + i.Method)
			// Two summaries that render the same may differ in what the text leaves out.
			HashFact(h, i.Sum)
		}
	}
	for _, name := range sortedKeys(e.keys) {
		if asks(askedKey, name) || asks(askedKeys, name[:strings.LastIndexByte(name, '.')]) {
			any = true
			h.Text(askedKey + name)
			h.Text(e.keys[name])
		}
	}
	for _, name := range sortedKeys(e.envs) {
		if asks(askedEnv, name) {
			any = true
			h.Text(askedEnv + name)
			h.Text(e.envs[name].key)
			h.Text(e.envs[name].provider)
		}
	}
	if !any {
		return digest.Sum{}
	}
	return h.Done()
}

// Told reports whether a fact only repeats what Extra tells. Who asks for it asks Extra too,
// so that importers do not depend on it.
func Told(fact any) bool {
	c, ok := fact.(*constFact)
	return ok && c.Told
}

// HashFact adds a fact to a key, but for the syntax that gave it, which importers do
// not get. (What gob makes of a fact differs between processes.)
func HashFact(h *digest.Hash, fact any) {
	h.Value(fact, reflect.TypeFor[ast.Expr](), reflect.TypeFor[ast.Node](), reflect.TypeFor[types.Object]())
}

// keptExtra is an Extra as it is kept.
type keptExtra struct {
	Impls                      []impl
	Keys, Providers            []string
	Envs, EnvKeys, EnvProvides []string
	Asks                       []string
}

// GobEncode writes the Extra for a later run; what is in it comes in order.
func (e *Extra) GobEncode() ([]byte, error) {
	k := keptExtra{Impls: e.impls, Keys: sortedKeys(e.keys), Envs: sortedKeys(e.envs), Asks: e.asks}
	for _, name := range k.Keys {
		k.Providers = append(k.Providers, e.keys[name])
	}
	for _, name := range k.Envs {
		k.EnvKeys, k.EnvProvides = append(k.EnvKeys, e.envs[name].key), append(k.EnvProvides, e.envs[name].provider)
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(k)
	return b.Bytes(), err
}

// GobDecode reads what GobEncode wrote.
func (e *Extra) GobDecode(data []byte) error {
	var k keptExtra
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&k); err != nil {
		return err
	}
	*e = Extra{impls: k.Impls, keys: map[string]string{}, envs: map[string]envFlag{}, asks: k.Asks}
	for i, name := range k.Keys {
		e.keys[name] = k.Providers[i]
	}
	for i, name := range k.Envs {
		e.envs[name] = envFlag{k.EnvKeys[i], k.EnvProvides[i]}
	}
	return nil
}
