package recall

import (
	"bytes"
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/flaghygiene/flaglint/internal/load"
)

// Names gives the files of a program names that do not depend on where its modules, the
// cache of modules and Go are: what is found in one checkout is then what is found in another
// one. A package is parsed under these names, so that all that is found in it, its facts and
// all keys have them; they become names of files where findings are decoded.
type Names struct {
	roots []root // what lies in another one comes before it
	dirs  map[string]string

	mu   sync.Mutex
	kept map[string]bool   // files that keep their name
	long map[string]string // what Long gave
}

// root is a directory below which files are named by its id.
type root struct {
	id, dir string
	told    bool // it holds a package that the patterns name
}

// mark begins and ends an id at the beginning of a name: no file's name has it.
const mark = "\x00"

// NewNames makes names for the files of a listing.
func NewNames(l *load.Listing, env *load.Environment) *Names {
	n := &Names{dirs: map[string]string{}, kept: map[string]bool{}, long: map[string]string{}}
	add := func(id, dir string) {
		if dir != "" && n.dirs[id] == "" {
			n.dirs[id] = dir
			n.roots = append(n.roots, root{id: id, dir: filepath.Clean(dir)})
		}
	}
	add("cache", env.GOMODCACHE)
	add("go", env.GOROOT)
	trees := map[string]bool{}
	for _, p := range l.Packages {
		switch m := p.Module; {
		case m != nil && m.Dir != "":
			if !within(env.GOMODCACHE, m.Dir) || m.Main {
				add("module "+m.Path, m.Dir)
			}
		case m == nil && strings.HasSuffix(filepath.ToSlash(p.Dir), "/"+p.PkgPath):
			// A GOPATH, which has no name of its own.
			trees[p.Dir[:len(p.Dir)-len(p.PkgPath)-1]] = true
		}
	}
	if len(trees) == 1 {
		for dir := range maps.Keys(trees) {
			add("path", dir)
		}
	}
	slices.SortFunc(n.roots, func(a, b root) int {
		return cmp.Or(cmp.Compare(len(b.dir), len(a.dir)), cmp.Compare(a.id, b.id))
	})
	for _, p := range l.Packages {
		if i := n.root(p.Dir); p.Root && i >= 0 {
			n.roots[i].told = true
		}
	}
	return n
}

// root is the index of the root that a file is in, -1 where it is in none.
func (n *Names) root(name string) int {
	return slices.IndexFunc(n.roots, func(r root) bool { return within(r.dir, name) })
}

// within reports whether a clean name is dir or below it.
func within(dir, name string) bool {
	rest, ok := strings.CutPrefix(name, dir)
	return dir != "" && ok && (rest == "" || rest[0] == filepath.Separator || dir[len(dir)-1] == filepath.Separator)
}

// Below gives where the packages that the patterns name are, seen from a directory: what
// decides about names relative to it.
func (n *Names) Below(dir string) map[string]string {
	out := map[string]string{}
	for _, r := range n.roots {
		if r.told {
			rel, err := filepath.Rel(dir, r.dir)
			if err != nil {
				rel = r.dir
			}
			out[r.id] = filepath.ToSlash(rel)
		}
	}
	return out
}

// Short is the name of a file in positions and keys.
func (n *Names) Short(name string) string {
	i := n.root(name)
	if i < 0 || n.keeps(name) {
		return name
	}
	r := n.roots[i]
	rel := strings.TrimPrefix(filepath.ToSlash(name[len(r.dir):]), "/")
	return mark + idName.Replace(r.id) + mark + "/" + rel
}

// Long is the name of the file that Short gave a name, and every other name itself.
func (n *Names) Long(name string) string {
	rest, ok := strings.CutPrefix(name, mark)
	if !ok {
		return name
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if long, ok := n.long[name]; ok {
		return long
	}
	id, rel, _ := strings.Cut(rest, mark)
	dir, ok := n.dirs[idBack.Replace(id)]
	if !ok {
		return name
	}
	long := filepath.Join(dir, filepath.FromSlash(rel))
	n.long[name] = long
	return long
}

// An id is one element of a path.
var (
	idName = strings.NewReplacer("/", "\x01")
	idBack = strings.NewReplacer("\x01", "/")
)

func (n *Names) keeps(name string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.kept[name]
}

// keep makes a file keep its name.
func (n *Names) keep(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.kept[name] = true
}

// leaves reports whether a line directive in a file may name one outside of its root:
// the way up from a name that Short gave ends there.
func leaves(src []byte) bool {
	for _, directive := range [][]byte{[]byte("//line "), []byte("/*line ")} {
		for rest := src; ; {
			i := bytes.Index(rest, directive)
			if i < 0 {
				break
			}
			rest = rest[i+len(directive):]
			line, _, _ := bytes.Cut(rest, []byte("\n"))
			if bytes.Contains(line, []byte("..")) {
				return true
			}
		}
	}
	return false
}
