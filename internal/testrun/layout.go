package testrun

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// layout is what has to be copied for the go command to find in the copy what it
// finds in the original.
type layout struct {
	root string   // the nearest directory that holds all of dirs and the go.work file
	dirs []string // trees to copy, none within another
	work string   // the go.work file; empty: none
}

// newLayout follows the modules' replace directives and the workspace to all
// directories that they name by a relative path. A directory that is named by an
// absolute path is used where it is: the go command only reads it.
func newLayout(modules []string, work string) (*layout, error) {
	l := &layout{work: work}
	seen := map[string]bool{}
	queue := slices.Clone(modules)
	if work != "" {
		data, err := os.ReadFile(work)
		if err != nil {
			return nil, fmt.Errorf("%s: the go.work file cannot be read: %w", work, err)
		}
		f, err := modfile.ParseWork(work, data, nil)
		if err != nil {
			return nil, err
		}
		for _, u := range f.Use {
			queue = append(queue, relative(filepath.Dir(work), u.Path)...)
		}
		queue = append(queue, replaced(filepath.Dir(work), f.Replace)...)
	}
	for len(queue) > 0 {
		dir := filepath.Clean(queue[0])
		queue = queue[1:]
		if seen[dir] {
			continue
		}
		seen[dir] = true
		name := filepath.Join(dir, "go.mod")
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the go command says what it needs of it
		} else if err != nil {
			return nil, err
		}
		l.dirs = append(l.dirs, dir)
		if f, err := modfile.Parse(name, data, nil); err == nil {
			queue = append(queue, replaced(dir, f.Replace)...)
		}
	}
	if len(l.dirs) == 0 {
		return nil, errors.New("there is no module to copy")
	}
	slices.Sort(l.dirs)
	l.root = l.dirs[0]
	for _, dir := range l.dirs {
		for !within(l.root, dir) {
			l.root = filepath.Dir(l.root)
		}
	}
	if work != "" {
		for !within(l.root, work) {
			l.root = filepath.Dir(l.root)
		}
	}
	l.dirs = slices.DeleteFunc(slices.Clone(l.dirs), func(dir string) bool {
		return slices.ContainsFunc(l.dirs, func(outer string) bool { return outer != dir && within(outer, dir) })
	})
	return l, nil
}

// relative returns the directory that a relative path names.
func relative(base, path string) []string {
	if filepath.IsAbs(path) {
		return nil
	}
	return []string{filepath.Join(base, filepath.FromSlash(path))}
}

func replaced(base string, list []*modfile.Replace) []string {
	var out []string
	for _, r := range list {
		if r.New.Version == "" {
			out = append(out, relative(base, r.New.Path)...)
		}
	}
	return out
}

// within reports whether path is dir or below it.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
