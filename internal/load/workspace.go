package load

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// workspacePatterns returns the patterns as the go command takes them. The go
// command refuses ./... in a directory that holds modules of a workspace and is
// in none itself, where a user means all of these: the pattern becomes one of each.
func workspacePatterns(opts Options) ([]string, error) {
	patterns := opts.Patterns
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	if !slices.ContainsFunc(patterns, isLocalTree) {
		return patterns, nil
	}
	name := goWork(opts)
	if name == "" {
		return patterns, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: the go.work file cannot be read: %w", name, err)
	}
	work, err := modfile.ParseWork(name, data, nil)
	if err != nil {
		return patterns, nil // the go command says so better
	}
	out := make([]string, 0, len(patterns))
	for _, pattern := range patterns {
		out = append(out, expand(opts.Dir, filepath.Dir(name), pattern, work)...)
	}
	return out, nil
}

func isLocalTree(pattern string) bool {
	return strings.HasPrefix(pattern, ".") && strings.HasSuffix(pattern, "/...")
}

// expand returns pattern/... as the trees of the modules below it, unless it is
// in a module itself.
func expand(dir, workDir, pattern string, work *modfile.WorkFile) []string {
	if !isLocalTree(pattern) {
		return []string{pattern}
	}
	tree := filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(pattern, "/...")))
	var below []string
	for _, module := range used(work, workDir) {
		if within(module, tree) {
			return []string{pattern}
		}
		if within(tree, module) {
			if rel, err := filepath.Rel(dir, module); err == nil {
				below = append(below, "./"+filepath.ToSlash(rel)+"/...")
			}
		}
	}
	if len(below) == 0 {
		return []string{pattern}
	}
	return below
}

// used returns the absolute directories of a workspace's modules.
func used(work *modfile.WorkFile, workDir string) []string {
	var out []string
	for _, use := range work.Use {
		module := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(module) {
			module = filepath.Join(workDir, module)
		}
		out = append(out, filepath.Clean(module))
	}
	return out
}

// whole reports whether one of the patterns is a tree that holds every module of
// the workspace, or the one main module.
func whole(opts Options, modules []Module) bool {
	var dirs []string
	for _, m := range modules {
		dirs = append(dirs, m.Dir)
	}
	if name := goWork(opts); name != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			return false
		}
		work, err := modfile.ParseWork(name, data, nil)
		if err != nil {
			return false
		}
		dirs = used(work, filepath.Dir(name))
	}
	patterns := opts.Patterns
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	return len(dirs) > 0 && slices.ContainsFunc(patterns, func(pattern string) bool {
		if !isLocalTree(pattern) {
			return false
		}
		tree := filepath.Join(opts.Dir, filepath.FromSlash(strings.TrimSuffix(pattern, "/...")))
		return !slices.ContainsFunc(dirs, func(dir string) bool { return !within(tree, dir) })
	})
}

// within reports whether path is dir or below it.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// Workspace returns the absolute name of the go.work file that holds for the
// options, and nothing where none does.
func (o Options) Workspace() string { return goWork(o) }

// goWork returns the go.work file that the go command uses, or nothing.
func goWork(opts Options) string {
	value := ""
	for _, e := range opts.Env {
		if v, ok := strings.CutPrefix(e, "GOWORK="); ok {
			value = v
		}
	}
	switch value {
	case "":
	case "off":
		return ""
	default:
		return value
	}
	for dir := opts.Dir; ; dir = filepath.Dir(dir) {
		name := filepath.Join(dir, "go.work")
		if info, err := os.Stat(name); err == nil && !info.IsDir() {
			return name
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
