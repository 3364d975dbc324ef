#!/usr/bin/env bash
# Builds the German example as a desk would have typed it in the night of 12 November 2024.
# usage: build.sh FOLDER    Every command says when it was typed, so that the result is always the same.
set -euo pipefail
folder=${1:?a folder to build in}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$folder"
rm -f "$folder/liveblog.toml" "$folder/.liveblog.toml.lock"
[ "$here" -ef "$folder" ] || cp "$here/map.png" "$folder/map.png"
export LIVEBLOG_FILE=$folder/liveblog.toml LIVEBLOG_SEED=ukraine
lb=${LIVEBLOG:-liveblog}

# typed DAY HH:MM[:SS] COMMAND...
typed() {
  local now="2024-11-${1}T${2}"
  [[ $2 == *:*:* ]] || now+=":00"
  LIVEBLOG_NOW="${now}+01:00" $lb "${@:3}"
}

export LIVEBLOG_AUTHOR=nachtdienst
typed 11 21:30 new "Krieg gegen die Ukraine" --kicker Liveblog --language de --timezone Europe/Berlin \
  --url https://news.example/ausland/liveblog-ukraine --author "Redaktion Ausland" \
  --publisher "Beispielnachrichten <https://news.example/>" --account @beispielnews \
  --summary "Die Behörden im Gebiet Charkiw bringen weitere Menschen in Sicherheit. Die Bundesaußenministerin fordert mehr Geld für die Verteidigung. Alle Meldungen der Nacht im Liveblog."

typed 11 21:31 note add konfliktparteien --title "Konfliktparteien als Quelle" \
  --applies-to party-to-conflict \
  --text "Was offizielle Stellen Russlands und der Ukraine über Kämpfe, Beschuss und Opfer mitteilen, lässt sich derzeit nicht unabhängig überprüfen."

typed 11 21:40 add-entry --at "11.11.2024 21:40" --tag Charkiw --ref charkiw \
  Weitere Evakuierungen im Gebiet Charkiw \
  -b "Weil die russischen Truppen im Osten vorrücken, sollen im Gebiet Charkiw weitere Menschen ihre Wohnorte verlassen. Die Anordnung der ukrainischen Behörden betrifft Orte nahe der Front."

typed 11 22:15 add-entry --at 22:15 --tag Deutschland --ref baerbock \
  Baerbock fordert mehr Geld für die Verteidigung \
  -b "Bundesaußenministerin Annalena Baerbock hat sich dafür ausgesprochen, mehr Geld für die Verteidigung auszugeben."

typed 12 00:05 set --title "Krieg gegen die Ukraine ++ Nordkorea ratifiziert Abkommen mit Russland ++" \
  --summary "Nordkorea hat nach Angaben seiner Staatsagentur den Pakt mit Russland ratifiziert. Bei Kursk bindet die Ukraine nach eigener Darstellung Zehntausende russische Soldaten. Alle Meldungen der Nacht im Liveblog."

typed 12 00:10 add-entry --at 00:10 --key --tag Nordkorea --tag Russland --ref nordkorea \
  --source "KCNA <https://kcna.kp/> (agency)" \
  Nordkorea ratifiziert Abkommen mit Russland \
  -b "$(cat <<'TEXT'
Der Verteidigungspakt zwischen Nordkorea und Russland ist in Pjöngjang ratifiziert. Staatschef Kim Jong Un habe ihn am Montag per Dekret bestätigt, meldete die staatliche Nachrichtenagentur KCNA.

Beide Länder rücken damit in der Sicherheitspolitik noch enger zusammen, während Russlands Angriffskrieg gegen die Ukraine andauert.
TEXT
)"

typed 12 00:25 add-entry --at 00:25 --tag Nordkorea --tag Russland --label Hintergrund --ref pakt \
  Was über den Pakt bekannt ist \
  -b "$(cat <<'TEXT'
Der Weg des Abkommens bis zur heutigen Ratifizierung:

- **Juni:** Moskau und Pjöngjang vereinbaren den Beistandspakt.
- **Danach:** Das russische Parlament stimmt ohne Gegenstimme zu.
- **Sonntag:** Präsident Wladimir Putin setzt das Abkommen für Russland in Kraft.
- **Montag:** Kim Jong Un unterzeichnet das Dekret zur Ratifizierung.
TEXT
)"

typed 12 00:50 add-entry --at 00:50 --key --tag Kursk --ref kursk \
  --source "Wolodymyr Selenskyj auf Telegram <https://t.me/V_Zelenskiy_official> (party-to-conflict, unverified)" \
  "Selenskyj: Vorstoß bindet 50.000 russische Soldaten" \
  -b "Der überraschende Vorstoß bei Kursk hält nach ukrainischer Darstellung eine große russische Streitmacht fest. Präsident Wolodymyr Selenskyj schrieb auf Telegram, rund 50.000 Soldaten der Besatzungsarmee stünden dort den ukrainischen Truppen gegenüber."

typed 12 00:58 add-entry --at 00:58 --tag Kursk --tag Belgorod --tag Charkiw --label Karte --ref karte \
  Wo die Orte liegen \
  --image "$folder/map.png" --alt "Schematische Karte: Kursk im Norden, südlich davon Belgorod und Charkiw, im Westen Sumy, im Osten Stary Oskol" \
  --caption "Die Orte dieser Nacht, maßstäblich, ohne Grenzen" --credit "Grafik: Redaktion Ausland"

typed 12 01:05 add-entry --at 01:05 --tag Kursk --label Einordnung --ref kursk-folgen \
  --source "Wolodymyr Selenskyj auf Telegram <https://t.me/V_Zelenskiy_official> (party-to-conflict, unverified)" \
  Was Kiew mit dem Vorstoß erreichen will \
  -b "Soldaten, die bei Kursk gebunden sind, fehlen der russischen Armee an anderer Stelle: So begründete Selenskyj den Einsatz auf russischem Boden. An den Fronten in der Ukraine könne Moskau diese Kräfte nicht einsetzen."

typed 12 01:20 add-entry --at 01:20 --key --tag EU --tag Diplomatie --ref borrell \
  --source "Welt <https://www.welt.de/> (media)" \
  Borrell warnt vor übereilten Zusagen an Russland \
  -b "$(cat <<'TEXT'
Der EU-Außenbeauftragte Josep Borrell hat sich gegen schnelle Zugeständnisse an Moskau gewandt. Anlass sind Berichte, nach denen der Westen dazu bereit sein könnte.

Die Haltung der EU sei eindeutig, sagte Borrell der „Welt“: Ein Frieden müsse gerecht und von Dauer sein und der Charta der Vereinten Nationen wie dem Völkerrecht entsprechen.
TEXT
)"

typed 12 01:35 add-entry --at 01:35 --tag EU --tag Diplomatie --ref borrell-zustimmung \
  --source "Welt <https://www.welt.de/> (media)" \
  "Borrell: Nichts ohne die Zustimmung der Ukraine" \
  -b "Im selben Gespräch nannte Borrell eine zweite Bedingung. Kein Abkommen könne gelten, dem die Ukraine nicht selbst zugestimmt habe."

typed 12 02:02 add-entry --at 02:02 --key --tag Belgorod --ref belgorod \
  --source "Wjatscheslaw Gladkow auf Telegram <https://t.me/vvgladkov> (party-to-conflict, unverified)" \
  Feuer in Treibstofflager in der Region Belgorod \
  -b "In der südrussischen Region Belgorod ist nach russischen Angaben ein Treibstofflager in Brand geraten. Auslöser sei ein ukrainischer Drohnenangriff gewesen, teilte Gouverneur Wjatscheslaw Gladkow auf Telegram mit. Getroffen wurde demnach ein Tank im Bezirk Starkooskolsk nahe der Grenze."

typed 12 02:08 edit ref:belgorod \
  -b "In der südrussischen Region Belgorod ist nach russischen Angaben ein Treibstofflager in Brand geraten. Auslöser sei ein ukrainischer Drohnenangriff gewesen, teilte Gouverneur Wjatscheslaw Gladkow auf Telegram mit. Getroffen wurde demnach ein Tank im Bezirk Starooskolski nahe der Grenze." \
  --correction "In einer früheren Fassung war der Name des Bezirks falsch geschrieben."

typed 12 02:12 add-entry --at 02:12 --tag Belgorod --ref belgorod-loescharbeiten \
  --source "Wjatscheslaw Gladkow auf Telegram <https://t.me/vvgladkov> (party-to-conflict, unverified)" \
  Brand laut Gouverneur schnell unter Kontrolle \
  -b "Die Feuerwehr hat den Brand in dem Treibstofflager nach Angaben Gladkows rasch eingedämmt. Wie groß der Schaden ist und ob Menschen verletzt wurden, ist bislang nicht bekannt."

typed 12 02:18 add-entry --at 02:18 --pin --label Überblick --ref ueberblick \
  Die wichtigsten Meldungen der Nacht \
  -b "$(cat <<'TEXT'
- Pjöngjang hat den Verteidigungspakt mit Moskau ratifiziert.
- Bei Kursk stehen nach ukrainischen Angaben rund 50.000 russische Soldaten.
- Der EU-Außenbeauftragte warnt vor schnellen Zusagen an Russland.
- In der Region Belgorod brannte ein Treibstofflager.
TEXT
)"

typed 12 02:30 close "Dieser Liveblog ist beendet. Die nächsten Meldungen lesen Sie am Morgen."
typed 12 02:31 export -o "$folder/public"
