package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// fileName returns the absolute name of the file that a URI means, empty for URIs
// that mean none (untitled documents, other schemes).
func fileName(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return ""
	}
	name := u.Path
	if runtime.GOOS == "windows" {
		name = strings.TrimPrefix(name, "/") // /c:/dir
		if len(name) > 1 && name[1] == ':' {
			name = strings.ToUpper(name[:1]) + name[1:]
		}
	}
	return filepath.Clean(filepath.FromSlash(name))
}

// fileURI returns the URI of an absolute name.
func fileURI(name string) string {
	name = filepath.ToSlash(name)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}

// realName resolves links in the directories of a file, since the go command
// names files by where they really are. The file itself need not exist.
func realName(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	dir := filepath.Dir(name)
	if dir == name {
		return name
	}
	return filepath.Join(realName(dir), filepath.Base(name))
}

// within reports whether a file is dir or below it.
func within(dir, name string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
