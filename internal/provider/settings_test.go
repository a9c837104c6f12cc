package provider

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	envconfig := Decoder{Tag: "envconfig", Derive: "upper", Nested: "name", Join: "_", Split: "split_words", Default: "default"}
	caarlos := Decoder{Tag: "env", Nested: "envPrefix", Default: "envDefault"}
	sethvargo := Decoder{Tag: "env", Nested: "env:prefix", Default: "env:default"}
	mapstructure := Decoder{Tag: "mapstructure", Derive: "lower", Nested: "name", Join: "."}
	for _, tt := range []struct {
		name    string
		decoder Decoder
		prefix  string
		src     string
		want    []string
	}{
		{"derived", envconfig, "app", "A bool; NewUIFlag bool `split_words:\"true\"`; hidden bool; C bool `ignored:\"true\"`", []string{"APP_A", "APP_NEW_UI_FLAG"}},
		{"tag and default", envconfig, "", "A bool `envconfig:\"other\" default:\"true\"`", []string{"OTHER=true"}},
		{"nested by name", envconfig, "app", "B struct { C bool; D struct { E bool } }", []string{"APP_B_C", "APP_B_D_E"}},
		{"embedded", envconfig, "app", "Inner", []string{"APP_IN"}},
		{"text is a value", envconfig, "", "Text Text", []string{"TEXT"}},
		{"recursive", envconfig, "", "Rec *Rec", []string{"REC_ON"}},
		{"untagged is none", caarlos, "", "A bool; B bool `env:\"-\"`; C bool `env:\"C,required\" envDefault:\"1\"`", []string{"C=1"}},
		{"prefix tag", caarlos, "P_", "G struct { A bool `env:\"A\"` } `envPrefix:\"G_\"`", []string{"P_G_A"}},
		{"prefix in the tag", sethvargo, "", "G *Inner2 `env:\", prefix=G_\"`; D bool `env:\"D, overwrite, default=true\"`", []string{"G_X", "D=true"}},
		{"dotted", mapstructure, "features", "NewX bool; G struct { A bool `mapstructure:\"aa\"` } `mapstructure:\"group\"`; Inner `mapstructure:\",squash\"`", []string{"features.newx", "features.group.aa", "features.in"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			pkg, _ := typecheck(t, "p", fmt.Sprintf("package p\n\ntype S struct { %s }\ntype Inner struct { In bool }\ntype Inner2 struct { X bool `env:\"X\"` }\ntype Text struct{ x int }\nfunc (t *Text) UnmarshalText([]byte) error { return nil }\ntype Rec struct { On bool; Next *Rec }\n", tt.src))
			var got []string
			for _, s := range tt.decoder.Settings(pkg.Scope().Lookup("S").Type(), tt.prefix) {
				text := s.Key
				if s.HasDefault {
					text += "=" + s.Default
				}
				got = append(got, text)
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"A": {"A"}, "NewCheckout": {"New", "Checkout"}, "NewUIFlag": {"New", "UI", "Flag"}, "HTTPServer": {"HTTP", "Server"}, "UseV2": {"Use", "V2"}, "ID": {"ID"},
	} {
		assert.Equal(t, want, words(name), name)
	}
}
