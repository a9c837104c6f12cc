package provider

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed data/*.yaml
var data embed.FS

// Builtin returns the specs of the SDKs that flaglint knows, in the order of
// their names. Each is one file of the folder data, named as its spec.
func Builtin() ([]Spec, error) {
	files, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return nil, err
	}
	specs := make([]Spec, 0, len(files))
	for _, file := range files {
		text, err := data.ReadFile(file)
		if err != nil {
			return nil, err
		}
		decoded, err := Decode(file, text)
		if err != nil {
			return nil, err
		}
		if len(decoded) != 1 {
			return nil, fmt.Errorf("%s: holds %d specs (want one a file)", file, len(decoded))
		}
		spec := decoded[0]
		if want := strings.TrimSuffix(path.Base(file), ".yaml"); spec.Name != want {
			return nil, fmt.Errorf("%s: the spec is named %q (want %q)", file, spec.Name, want)
		}
		spec.builtin = true
		specs = append(specs, spec)
	}
	return specs, nil
}
