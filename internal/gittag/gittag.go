// Package gittag tells from the release tags of a module which version comes next.
package gittag

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/flaghygiene/flaglint/registry"
)

// Matters reports whether a flag of the registry, which may be nil, expires with
// a release. Otherwise nobody need ask git.
func Matters(r *registry.Registry) bool {
	return r != nil && slices.ContainsFunc(r.Flags(), func(f *registry.Flag) bool { return f.Expires.Version != "" })
}

// NextVersion is the least version that the next release of the module in dir can
// have: the patch after the highest release tag that HEAD holds. It is empty where
// no tag tells.
func NextVersion(ctx context.Context, dir string) string {
	cmd := exec.CommandContext(ctx, "git", "tag", "--merged", "HEAD", "--list", "v*")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	latest := ""
	for tag := range strings.FieldsSeq(string(out)) {
		if semver.IsValid(tag) && semver.Prerelease(tag) == "" && semver.Compare(tag, latest) > 0 {
			latest = tag
		}
	}
	if latest == "" {
		return ""
	}
	var major, minor, patch int
	if _, err := fmt.Sscanf(semver.Canonical(latest), "v%d.%d.%d", &major, &minor, &patch); err != nil {
		return ""
	}
	return fmt.Sprintf("v%d.%d.%d", major, minor, patch+1)
}
