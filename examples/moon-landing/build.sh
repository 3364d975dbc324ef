#!/usr/bin/env bash
# Builds the English example: Apollo 11, from the undocking to the splashdown, in Houston's time.
# usage: build.sh FOLDER    Every command says when it was typed, so that the result is always the same.
set -euo pipefail
folder=${1:?a folder to build in}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$folder"
rm -f "$folder/liveblog.toml" "$folder/.liveblog.toml.lock"
[ "$here" -ef "$folder" ] || cp "$here/descent.png" "$folder/descent.png"
export LIVEBLOG_FILE=$folder/liveblog.toml LIVEBLOG_SEED=moon
lb=${LIVEBLOG:-liveblog}
ada="Ada Miller"
jon="Jon Reyes"
nasa="NASA <https://www.nasa.gov/> (official, verified)"

# typed DAY HH:MM COMMAND...    Houston is five hours behind UTC in July.
typed() { LIVEBLOG_NOW="1969-07-${1}T${2}:00-05:00" $lb "${@:3}"; }
# add DAY HH:MM HEADLINE BODY OPTIONS...
add() { typed "$1" "$2" add-entry --at "1969-07-$1 $2" "$3" -b "$4" "${@:5}"; }

export LIVEBLOG_AUTHOR=houston-desk
typed 20 12:30 new "Apollo 11: the landing on the Moon" --kicker "Live" --language en \
  --timezone America/Chicago --url https://news.example/space/apollo-11/ --author "Space desk" \
  --publisher "Example News <https://news.example/>" --account @examplenews \
  --summary "Neil Armstrong and Buzz Aldrin are to land on the Moon today while Michael Collins stays in orbit. We follow every step."
typed 20 12:31 note add times --title "About the times" \
  --text "All times are those of Mission Control in Houston. Signals take about 1.3 seconds from the Moon."

add 20 12:44 "Eagle undocks from Columbia" "Behind the Moon, the lunar module has separated from the command module. Michael Collins looks it over through his window and finds nothing amiss." --author "$ada" --tag Eagle --tag Columbia --source "$nasa" --note times
add 20 13:02 "What happens next" "1. **Descent orbit insertion:** a burn on the far side lowers the orbit to about 15 km.
2. **Powered descent:** the engine brakes for roughly twelve minutes.
3. **Landing** in the Sea of Tranquility." --author "$jon" --label Explainer --tag Eagle
add 20 14:08 "Descent orbit insertion" "Eagle has fired its engine behind the Moon. Its path now falls to about 15 kilometres above the surface." --author "$ada" --tag Eagle --source "$nasa"
add 20 14:40 "Kranz polls the room" "Flight director Gene Kranz has gone round his controllers. Every console answers with a go." --author "$jon" --tag "Mission Control"
add 20 15:05 "Powered descent has begun" "The descent engine is burning. Armstrong and Aldrin fly feet first and face down, with the surface in their windows." --author "$ada" --key --tag Eagle --source "$nasa" --ref pdi
add 20 15:07 "The way down" "How the descent is planned, from the braking burn to the touchdown." --author "$jon" --label Graphic --image "$folder/descent.png" --alt "Diagram of the planned descent: height over distance to the landing site, falling from 15 kilometres to the ground in three phases" --caption "Braking, approach and landing" --credit "Graphic: Space desk"
add 20 15:10 "Program alarm 1202" "The guidance computer reports a 1202 alarm: it has more work than time. Mission Control needs some seconds, then tells the crew to go on." --author "$ada" --key --tag Eagle --tag Computer --source "$nasa" --ref alarm
add 20 15:12 "What a 1202 means" "The computer restarts and drops its less important jobs. As long as it keeps steering and the alarm does not come without pause, the landing can go on." --author "$jon" --label Explainer --tag Computer
add 20 15:14 "Another alarm, 1201" "A second kind of overload alarm. Same answer from Houston: go." --author "$ada" --tag Eagle --tag Computer --source "$nasa"
add 20 15:16 "Armstrong takes over" "The automatic path leads into a field of boulders beside a large crater. Armstrong flies on by hand and looks for level ground." --author "$ada" --tag Eagle
add 20 15:17 "The Eagle has landed" "Contact light, engine stop. Armstrong reports from Tranquility Base that the Eagle has landed. Charlie Duke answers that a bunch of guys in Houston were about to turn blue and are breathing again." --author "$ada" --key --tag Eagle --tag Landing --source "$nasa" --ref landing
add 20 15:19 "Stay" "First check after the landing: the crew may stay on the surface. Two more such decisions follow." --author "$jon" --tag "Mission Control"
add 20 15:26 "Fuel for 20 seconds" "When the engine stopped, there was descent fuel for about 20 seconds of flight left." --author "$jon" --tag Eagle --source "$nasa" --ref fuel
add 20 15:45 "Soviet probe has landed nearby" "The uncrewed Soviet probe Luna 15 has landed not far from Eagle." --author "$jon" --tag "Luna 15" --ref luna
typed 20 15:58 retract ref:luna
add 20 16:10 "Where exactly is Eagle?" "Armstrong flew past the planned site, so nobody knows the place to the metre. Collins looks for the lander through his sextant on every pass and does not find it." --author "$ada" --tag Columbia
add 20 17:11 "Crew asks to go out early" "Armstrong and Aldrin want to skip the planned rest and start the moonwalk this evening. Houston agrees." --author "$ada" --tag Moonwalk --source "$nasa"
add 20 19:30 "Getting ready takes longer" "Putting on the backpacks in the small cabin is slower than in training. The start of the moonwalk moves towards half past nine." --author "$jon" --tag Moonwalk
add 20 21:39 "The hatch is open" "The cabin is empty of air and the hatch is open. Armstrong backs out on to the porch on his knees." --author "$ada" --key --tag Moonwalk --source "$nasa"
add 20 21:54 "First pictures" "Armstrong has pulled the lanyard that swings out the camera. The television picture is upside down for a moment, then it is there." --author "$jon" --tag Moonwalk --tag Television
add 20 21:56 "A man stands on the Moon" "Neil Armstrong has stepped off the footpad with his left boot. He calls it one small step for a man and a giant leap for mankind." --author "$ada" --key --tag Moonwalk --source "$nasa" --ref step
typed 20 21:57 pin ref:step
add 20 22:05 "A first sample, to be safe" "Armstrong has filled a bag with soil and put it into his pocket. If they had to leave now, they would not come back with empty hands." --author "$jon" --tag Moonwalk --tag Science
add 20 22:15 "Aldrin is out, too" "Buzz Aldrin has climbed down the ladder. He finds words for the view: magnificent desolation." --author "$ada" --key --tag Moonwalk --source "$nasa"
add 20 22:24 "The plaque" "Armstrong reads out the plaque on the leg of the lander. It says that they came in peace for all mankind." --author "$jon" --tag Moonwalk
add 20 22:41 "The flag is up" "The two plant the flag of the United States. A rod along the top holds it out, as there is no wind to do so." --author "$ada" --tag Moonwalk
add 20 22:48 "A call from the White House" "President Richard Nixon speaks with the astronauts by telephone and radio." --author "$jon" --tag Moonwalk --source "$nasa"
add 20 23:30 "Experiments stand" "A seismometer and a mirror for laser beams from Earth are in place. With the mirror, the distance to the Moon can be measured to within centimetres." --author "$ada" --tag Science --source "$nasa"
typed 20 23:40 edit ref:fuel --headline "Fuel for about 45 seconds" -b "When the engine stopped, there was descent fuel for about 45 seconds of flight left. Sloshing in the tanks had set off the warning light too early." --correction "We first wrote that fuel for about 20 seconds was left. The figure came from the warning light, which had lit up too early."
add 21 00:11 "The hatch is closed" "Both are back in Eagle. The moonwalk lasted two and a half hours; 21.5 kilograms of rock and soil are on board." --author "$jon" --key --tag Moonwalk --tag Science --source "$nasa"
add 21 02:37 "Out with the ballast" "The crew has opened the hatch once more and thrown out the backpacks and other things that they no longer need." --author "$jon" --tag Eagle
add 21 10:50 "Luna 15 crashes" "The Soviet probe has hit the Moon, hundreds of kilometres from Tranquility Base." --author "$jon" --tag "Luna 15" --source "Jodrell Bank <https://www.jodrellbank.net/> (official)"
add 21 12:54 "Lift-off from the Moon" "The ascent engine, for which there is no spare, has fired. The lower half of Eagle was the launch pad and stays behind." --author "$ada" --key --tag Eagle --source "$nasa" --ref liftoff
add 21 16:35 "Docked" "Eagle and Columbia are one ship again. Collins is no longer alone." --author "$ada" --key --tag Eagle --tag Columbia --source "$nasa"
add 21 18:41 "Farewell to Eagle" "The crew has cast off the ascent stage. It stays in orbit around the Moon." --author "$jon" --tag Eagle
add 21 23:55 "On the way home" "Behind the Moon, Columbia's engine has burned for two and a half minutes. Course: Earth." --author "$ada" --key --tag Columbia --source "$nasa"
add 24 11:50 "Splashdown" "Columbia has come down in the Pacific, within sight of the carrier USS *Hornet*. The three men are well." --author "$ada" --key --tag Columbia --source "$nasa" --ref splashdown

typed 24 12:20 close "The crew is safe on board the carrier. This ends our coverage."
typed 24 12:30 export -o "$folder/public"
