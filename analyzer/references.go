package analyzer

import (
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/internal/flagref"
)

// references returns the references of a known key that have one of the kinds.
func (p *pass) references(kinds ...flagref.RefKind) []*flagref.Reference {
	var out []*flagref.Reference
	for _, ref := range p.refs.References {
		if ref.Key != "" && ref.Dynamic == "" && slices.Contains(kinds, ref.Kind) {
			out = append(out, ref)
		}
	}
	return out
}

// foreign reports whether the key is named by an object of another repository,
// which keeps a registry of its own, or in a function of another module.
func (p *pass) foreign(ref *flagref.Reference) bool {
	if ref.Foreign {
		return true
	}
	if ref.KeyObject == nil || ref.KeyObject.Pkg() == nil {
		return false
	}
	own, other := p.Pkg.Path(), ref.KeyObject.Pkg().Path()
	if p.Module != nil && p.Module.Path != "" && strings.HasPrefix(other+"/", p.Module.Path+"/") {
		return false
	}
	return repository(own) != repository(other)
}

// repository is the part of an import path that names its repository, as far as
// the path tells: three elements on the known hosts, two on other domains, and
// one where the path names no domain.
func repository(path string) string {
	parts := strings.Split(path, "/")
	n := 2
	switch {
	case !strings.Contains(parts[0], "."):
		n = 1
	case parts[0] == "github.com" || parts[0] == "gitlab.com" || parts[0] == "bitbucket.org":
		n = 3
	}
	return strings.Join(parts[:min(n, len(parts))], "/")
}

// shortPosition renders a place in a message: the file's base name and the line.
func shortPosition(pos token.Position) string {
	return fmt.Sprintf("%s:%d", filepath.Base(pos.Filename), pos.Line)
}
