<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>AdministratorPage</name>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Who looks after this station?</source>
        <translation>Who looks after this station?</translation>
    </message>
    <message>
        <source>Badge: scan or type</source>
        <translation>Badge: scan or type</translation>
    </message>
    <message>
        <source>Surname and name</source>
        <translation>Surname and name</translation>
    </message>
    <message>
        <source>PIN, {least} to {most} digits</source>
        <translation>PIN, {least} to {most} digits</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>The same PIN again</translation>
    </message>
    <message>
        <source>Add another administrator</source>
        <translation>Add another administrator</translation>
    </message>
    <message>
        <source>Other people are added with “toolroom users add”.</source>
        <translation>Other people are added with “toolroom users add”.</translation>
    </message>
    <message>
        <source>Answered already.</source>
        <translation>Answered already.</translation>
    </message>
    <message>
        <source>An administrator adds people and kits, sets cameras and models, and looks after this station.</source>
        <translation>An administrator adds people and kits, sets cameras and models, and looks after this station.</translation>
    </message>
    <message>
        <source>Administrator: {who}</source>
        <translation>Administrator: {who}</translation>
    </message>
    <message>
        <source>The two PINs differ. Type both again.</source>
        <translation>The two PINs differ. Type both again.</translation>
    </message>
    <message>
        <source>Scan the badge, or type its number.</source>
        <translation>Scan the badge, or type its number.</translation>
    </message>
    <message>
        <source>Type the name.</source>
        <translation>Type the name.</translation>
    </message>
    <message>
        <source>Type the same PIN once more, so that nobody is locked out by a slip.</source>
        <translation>Type the same PIN once more, so that nobody is locked out by a slip.</translation>
    </message>
    <message>
        <source>Without an administrator nobody can sign in here and nobody can add people, kits or models. Later: this set-up comes up at every start until there is one, or type:
toolroom users add --role administrator --badge … --name …</source>
        <translation>Without an administrator nobody can sign in here and nobody can add people, kits or models. Later: this set-up comes up at every start until there is one, or type:
toolroom users add --role administrator --badge … --name …</translation>
    </message>
    <message>
        <source>Nobody can sign in yet. This set-up comes up at every start until there is an administrator; or type:
toolroom users add --role administrator --badge … --name …</source>
        <translation>Nobody can sign in yet. This set-up comes up at every start until there is an administrator; or type:
toolroom users add --role administrator --badge … --name …</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>The table</source>
        <translation>The table</translation>
    </message>
    <message>
        <source>The tool as it was cut out</source>
        <translation>The tool as it was cut out</translation>
    </message>
    <message>
        <source>Demo: next table</source>
        <translation>Demo: next table</translation>
    </message>
    <message>
        <source>Empty table again</source>
        <translation>Empty table again</translation>
    </message>
    <message>
        <source>Photograph the empty table</source>
        <translation>Photograph the empty table</translation>
    </message>
    <message>
        <source>Storing…</source>
        <translation>Storing…</translation>
    </message>
    <message>
        <source>Take everything off the table</source>
        <translation>Take everything off the table</translation>
    </message>
    <message>
        <source>Cutting the tool out…</source>
        <translation>Cutting the tool out…</translation>
    </message>
    <message>
        <source>Leave it where it is, or take it away.</source>
        <translation>Leave it where it is, or take it away.</translation>
    </message>
    <message>
        <source>Is this the whole tool and nothing else?</source>
        <translation>Is this the whole tool and nothing else?</translation>
    </message>
    <message>
        <source>No pink inside the tool, nothing of the table around it, no part missing.</source>
        <translation>No pink inside the tool, nothing of the table around it, no part missing.</translation>
    </message>
    <message>
        <source>The last photo was removed</source>
        <translation>The last photo was removed</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Kept</translation>
    </message>
    <message>
        <source>Lay only this tool on the table</source>
        <translation>Lay only this tool on the table</translation>
    </message>
    <message>
        <source>Turn it, move it, take your hands away, then photograph it: the button or the space bar.</source>
        <translation>Turn it, move it, take your hands away, then photograph it: the button or the space bar.</translation>
    </message>
    <message>
        <source>The station sees a tool as what differs from this picture. It is not stored as a tool, and it can be taken again at any time.</source>
        <translation>The station sees a tool as what differs from this picture. It is not stored as a tool, and it can be taken again at any time.</translation>
    </message>
    <message>
        <source>photos
{count} of {enough}</source>
        <translation>photos
{count} of {enough}</translation>
    </message>
    <message>
        <source>directions
{count} of {all}</source>
        <translation>directions
{count} of {all}</translation>
    </message>
    <message>
        <source>places
{count} of {all}</source>
        <translation>places
{count} of {all}</translation>
    </message>
    <message>
        <source>✓ Enough. Go on with the next tool; more photos do no harm.</source>
        <translation>✓ Enough. Go on with the next tool; more photos do no harm.</translation>
    </message>
    <message numerus="yes">
        <source>%n more photo(s)</source>
        <translation>
            <numerusform>%n more photo</numerusform>
            <numerusform>%n more photos</numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds} s. Leave the tool where it is, or take it away.</source>
        <translation>{seconds} s. Leave the tool where it is, or take it away.</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>The camera is starting…</translation>
    </message>
    <message>
        <source>No tool, no hand, no shadow of yours. From now on leave camera and light as they are.</source>
        <translation>No tool, no hand, no shadow of yours. From now on leave camera and light as they are.</translation>
    </message>
    <message>
        <source>Some photos from unusual sides, too: standing on end, seen along its length, turned over, opened.</source>
        <translation>Some photos from unusual sides, too: standing on end, seen along its length, turned over, opened.</translation>
    </message>
    <message>
        <source>Enough photos, but too alike: at least {turns} directions and {places} places.</source>
        <translation>Enough photos, but too alike: at least {turns} directions and {places} places.</translation>
    </message>
    <message>
        <source>photos
{count}</source>
        <translation>photos
{count}</translation>
    </message>
</context>
<context>
    <name>EnrolScreen</name>
    <message>
        <source>Remove the last photo</source>
        <translation>Remove the last photo</translation>
    </message>
    <message>
        <source>Tool done</source>
        <translation>Tool done</translation>
    </message>
    <message>
        <source>More photos of it</source>
        <translation>More photos of it</translation>
    </message>
    <message>
        <source>No, throw away</source>
        <translation>No, throw away</translation>
    </message>
    <message>
        <source>Enrolment, step {step} of {all}</source>
        <translation>Enrolment, step {step} of {all}</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>Stop waiting</translation>
    </message>
    <message>
        <source>Yes, keep</source>
        <translation>Yes, keep</translation>
    </message>
    <message>
        <source>Photograph the empty table</source>
        <translation>Photograph the empty table</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Photograph</translation>
    </message>
    <message>
        <source>Next tool</source>
        <translation>Next tool</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
</context>
<context>
    <name>EnrolWords</name>
    <message>
        <source>Blurred</source>
        <translation>Blurred</translation>
    </message>
    <message>
        <source>Cut off by the edge</source>
        <translation>Cut off by the edge</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>Too small</translation>
    </message>
    <message>
        <source>More than one thing</source>
        <translation>More than one thing</translation>
    </message>
    <message>
        <source>No tool is seen</source>
        <translation>No tool is seen</translation>
    </message>
    <message>
        <source>Like an earlier photo</source>
        <translation>Like an earlier photo</translation>
    </message>
    <message>
        <source>The outline is unclear</source>
        <translation>The outline is unclear</translation>
    </message>
    <message>
        <source>Hold nothing over the table, check that camera and table stand still, and photograph again.</source>
        <translation>Hold nothing over the table, check that camera and table stand still, and photograph again.</translation>
    </message>
    <message>
        <source>Move the tool towards the middle so that all of it is in the picture, and photograph again.</source>
        <translation>Move the tool towards the middle so that all of it is in the picture, and photograph again.</translation>
    </message>
    <message>
        <source>Leave only this tool on the table and take your hands away. If the light has changed, photograph the empty table again.</source>
        <translation>Leave only this tool on the table and take your hands away. If the light has changed, photograph the empty table again.</translation>
    </message>
    <message>
        <source>Lay the tool on the table. A ground of another colour helps if it is hard to see.</source>
        <translation>Lay the tool on the table. A ground of another colour helps if it is hard to see.</translation>
    </message>
    <message>
        <source>Turn the tool or move it to another place, and photograph again.</source>
        <translation>Turn the tool or move it to another place, and photograph again.</translation>
    </message>
    <message>
        <source>Use a plain ground with little shadow and glare, or turn the tool, and photograph again.</source>
        <translation>Use a plain ground with little shadow and glare, or turn the tool, and photograph again.</translation>
    </message>
    <message>
        <source>Lay the tool flat or bring the camera nearer, which means to begin with the empty table again.</source>
        <translation>Lay the tool flat or bring the camera nearer, which means to begin with the empty table again.</translation>
    </message>
</context>
<context>
    <name>FinishPage</name>
    <message>
        <source>Finish</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>An administrator finds all of this again at home under “Set up this station”, at any time.</source>
        <translation>An administrator finds all of this again at home under “Set up this station”, at any time.</translation>
    </message>
    <message>
        <source>The station is set up</source>
        <translation>The station is set up</translation>
    </message>
    <message>
        <source>Some steps are left for later</source>
        <translation>Some steps are left for later</translation>
    </message>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>left for later</source>
        <translation>left for later</translation>
    </message>
</context>
<context>
    <name>HealthScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Save as file</source>
        <translation>Save as file</translation>
    </message>
    <message>
        <source>Looking after this station…</source>
        <translation>Looking after this station…</translation>
    </message>
    <message>
        <source>{place} of {all}: {name}</source>
        <translation>{place} of {all}: {name}</translation>
    </message>
    <message>
        <source>This station is fit for work</source>
        <translation>This station is fit for work</translation>
    </message>
    <message>
        <source>This station is not fit for work</source>
        <translation>This station is not fit for work</translation>
    </message>
    <message>
        <source>Health of this station</source>
        <translation>Health of this station</translation>
    </message>
    <message>
        <source>What to do: {advice}</source>
        <translation>What to do: {advice}</translation>
    </message>
</context>
<context>
    <name>HealthWords</name>
    <message>
        <source>in order</source>
        <translation>in order</translation>
    </message>
    <message>
        <source>worth knowing</source>
        <translation>worth knowing</translation>
    </message>
    <message>
        <source>must be mended</source>
        <translation>must be mended</translation>
    </message>
    <message>
        <source>Give the user of this program the right to write into that folder, or start the program with --data and a folder where it may.</source>
        <translation>Give the user of this program the right to write into that folder, or start the program with --data and a folder where it may.</translation>
    </message>
    <message>
        <source>Correct the file with a text editor, or rename it: without it the defaults hold. Then start the program again.</source>
        <translation>Correct the file with a text editor, or rename it: without it the defaults hold. Then start the program again.</translation>
    </message>
    <message>
        <source>Mend what is said about the records; the next start makes a backup by itself.</source>
        <translation>Mend what is said about the records; the next start makes a backup by itself.</translation>
    </message>
    <message>
        <source>Start the program as the same user of the operating system as before, or put secrets.json back into the data folder. Without the keys no PIN can be checked.</source>
        <translation>Start the program as the same user of the operating system as before, or put secrets.json back into the data folder. Without the keys no PIN can be checked.</translation>
    </message>
    <message>
        <source>Go back to the former model under “Models”, or with “toolroom model rollback”; or install a signed one with “toolroom model install”.</source>
        <translation>Go back to the former model under “Models”, or with “toolroom model rollback”; or install a signed one with “toolroom model install”.</translation>
    </message>
    <message>
        <source>Choose the camera anew under “Set up this station”.</source>
        <translation>Choose the camera anew under “Set up this station”.</translation>
    </message>
    <message>
        <source>Delete what is not needed on this disk, but nothing in the data folder.</source>
        <translation>Delete what is not needed on this disk, but nothing in the data folder.</translation>
    </message>
    <message>
        <source>Close the program and copy the whole data folder to a safe place before anything else. Then put the last backup in place with “toolroom restore”.</source>
        <translation>Close the program and copy the whole data folder to a safe place before anything else. Then put the last backup in place with “toolroom restore”.</translation>
    </message>
    <message>
        <source>Correct or remove the policy that is named; only whoever looks after this computer may. Then start the program again.</source>
        <translation>Correct or remove the policy that is named; only whoever looks after this computer may. Then start the program again.</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message>
        <source>Recent operations</source>
        <translation>Recent operations</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>Load more</translation>
    </message>
    <message>
        <source>Nothing was done at this station yet. The first confirmed kit appears here.</source>
        <translation>Nothing was done at this station yet. The first confirmed kit appears here.</translation>
    </message>
    <message>
        <source>Reading the photo…</source>
        <translation>Reading the photo…</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Loading…</translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message>
        <source>Recent operations</source>
        <translation>Recent operations</translation>
    </message>
    <message>
        <source>My kits</source>
        <translation>My kits</translation>
    </message>
    <message>
        <source>held since {when}</source>
        <translation>held since {when}</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>Return kit {kit}</source>
        <translation>Return kit {kit}</translation>
    </message>
    <message>
        <source>Checkout</source>
        <translation>Checkout</translation>
    </message>
    <message>
        <source>Checkin</source>
        <translation>Checkin</translation>
    </message>
    <message>
        <source>You hold no kit. Press “Checkout” or scan the label of a kit.</source>
        <translation>You hold no kit. Press “Checkout” or scan the label of a kit.</translation>
    </message>
    <message>
        <source>Your role takes no kits. You can look at what was done at this station.</source>
        <translation>Your role takes no kits. You can look at what was done at this station.</translation>
    </message>
    <message>
        <source>Or scan the label of a kit: its checkout or checkin begins at once.</source>
        <translation>Or scan the label of a kit: its checkout or checkin begins at once.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>Enrol tools</source>
        <translation>Enrol tools</translation>
    </message>
    <message>
        <source>Set up this station</source>
        <translation>Set up this station</translation>
    </message>
    <message>
        <source>Health of this station</source>
        <translation>Health of this station</translation>
    </message>
    <message>
        <source>This station</source>
        <translation>This station</translation>
    </message>
</context>
<context>
    <name>Inspection</name>
    <message>
        <source>{found} of {expected}</source>
        <translation>{found} of {expected}</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} and {count} more</translation>
    </message>
    <message>
        <source>The lens is covered. Uncover it.</source>
        <translation>The lens is covered. Uncover it.</translation>
    </message>
    <message>
        <source>It is too dark. Switch the light on.</source>
        <translation>It is too dark. Switch the light on.</translation>
    </message>
    <message>
        <source>The light glares. Turn the lamp aside or move the kit.</source>
        <translation>The light glares. Turn the lamp aside or move the kit.</translation>
    </message>
    <message>
        <source>The picture is blurred. Wipe the lens and focus it.</source>
        <translation>The picture is blurred. Wipe the lens and focus it.</translation>
    </message>
    <message>
        <source>Tools lie on one another. Lay them side by side.</source>
        <translation>Tools lie on one another. Lay them side by side.</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>The camera is starting…</translation>
    </message>
    <message>
        <source>Waiting for the picture…</source>
        <translation>Waiting for the picture…</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>There is no picture from the camera.</translation>
    </message>
    <message>
        <source>Lay the tools on the table, side by side.</source>
        <translation>Lay the tools on the table, side by side.</translation>
    </message>
    <message>
        <source>Take your hands away from the table.</source>
        <translation>Take your hands away from the table.</translation>
    </message>
    <message>
        <source>Keep everything still…</source>
        <translation>Keep everything still…</translation>
    </message>
    <message>
        <source>Looking: picture {number} of {count}</source>
        <translation>Looking: picture {number} of {count}</translation>
    </message>
    <message>
        <source>Making sure that nothing changes…</source>
        <translation>Making sure that nothing changes…</translation>
    </message>
    <message>
        <source>The decision stands.</source>
        <translation>The decision stands.</translation>
    </message>
    <message>
        <source>extra: {names}</source>
        <translation>extra: {names}</translation>
    </message>
    <message>
        <source>KIT COMPLETE</source>
        <translation>KIT COMPLETE</translation>
    </message>
    <message>
        <source>missing: {names}</source>
        <translation>missing: {names}</translation>
    </message>
    <message>
        <source>unsure: {names}</source>
        <translation>unsure: {names}</translation>
    </message>
    <message>
        <source>CHECK BY HAND</source>
        <translation>CHECK BY HAND</translation>
    </message>
    <message>
        <source>MISSING</source>
        <translation>MISSING</translation>
    </message>
    <message>
        <source>TAKE AWAY</source>
        <translation>TAKE AWAY</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>unknown to the model</source>
        <translation>unknown to the model</translation>
    </message>
    <message>
        <source>could be two tools</source>
        <translation>could be two tools</translation>
    </message>
    <message>
        <source>not seen every time</source>
        <translation>not seen every time</translation>
    </message>
    <message>
        <source>hard to see</source>
        <translation>hard to see</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>not seen yet</translation>
    </message>
    <message>
        <source>extra: {name}</source>
        <translation>extra: {name}</translation>
    </message>
    <message>
        <source>compare them closely</source>
        <translation>compare them closely</translation>
    </message>
    <message>
        <source>Look-alikes: {names}: {look_at}</source>
        <translation>Look-alikes: {names}: {look_at}</translation>
    </message>
    <message>
        <source>looks like {names}</source>
        <translation>looks like {names}</translation>
    </message>
</context>
<context>
    <name>InspectionScreen</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Count by hand</translation>
    </message>
    <message>
        <source>Tools of the kit</source>
        <translation>Tools of the kit</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>The table</translation>
    </message>
    <message>
        <source>Nothing was looked at yet</source>
        <translation>Nothing was looked at yet</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>The camera is starting…</translation>
    </message>
    <message>
        <source>Nothing is decided without a picture.</source>
        <translation>Nothing is decided without a picture.</translation>
    </message>
    <message>
        <source>Demo: next table</source>
        <translation>Demo: next table</translation>
    </message>
</context>
<context>
    <name>KitsScreen</name>
    <message>
        <source>Scan the label, or type a number or title</source>
        <translation>Scan the label, or type a number or title</translation>
    </message>
    <message>
        <source>Search for a kit</source>
        <translation>Search for a kit</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Kits</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>out: you have it</source>
        <translation>out: you have it</translation>
    </message>
    <message>
        <source>out: {name}</source>
        <translation>out: {name}</translation>
    </message>
    <message>
        <source>in the toolroom</source>
        <translation>in the toolroom</translation>
    </message>
    <message>
        <source>No kit matches. Check the number, or clear the field to see all kits.</source>
        <translation>No kit matches. Check the number, or clear the field to see all kits.</translation>
    </message>
    <message>
        <source>This station has no kits yet. Ask the administrator to add them.</source>
        <translation>This station has no kits yet. Ask the administrator to add them.</translation>
    </message>
    <message>
        <source>Which kit goes out?</source>
        <translation>Which kit goes out?</translation>
    </message>
    <message>
        <source>Which kit comes back?</source>
        <translation>Which kit comes back?</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Later: the button at the top right changes the language at any time.</source>
        <translation>Later: the button at the top right changes the language at any time.</translation>
    </message>
    <message>
        <source>It holds at once. The button at the top right changes it at any time.</source>
        <translation>It holds at once. The button at the top right changes it at any time.</translation>
    </message>
    <message>
        <source>Answered already: the settings name this language.</source>
        <translation>Answered already: the settings name this language.</translation>
    </message>
    <message>
        <source>Answered already: the program was started with --language, which counts more than what is saved here.</source>
        <translation>Answered already: the program was started with --language, which counts more than what is saved here.</translation>
    </message>
    <message>
        <source>Answered already: a policy of this computer names the language. Another one holds until the next start.</source>
        <translation>Answered already: a policy of this computer names the language. Another one holds until the next start.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Toolroom</source>
        <translation>Toolroom</translation>
    </message>
</context>
<context>
    <name>ModelsScreen</name>
    <message>
        <source>Models</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>Judging now: {name}, version {version}</source>
        <translation>Judging now: {name}, version {version}</translation>
    </message>
    <message>
        <source>Go back to {name}? It judges from the next start of the station on.</source>
        <translation>Go back to {name}? It judges from the next start of the station on.</translation>
    </message>
    <message>
        <source>Yes, go back</source>
        <translation>Yes, go back</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Go back to the former one</source>
        <translation>Go back to the former one</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>{name} judges from the next start of the station on. Close the program and start it again.</source>
        <translation>{name} judges from the next start of the station on. Close the program and start it again.</translation>
    </message>
    <message>
        <source>It does not know all tools of these kits, which are then counted by hand: {kits}</source>
        <translation>It does not know all tools of these kits, which are then counted by hand: {kits}</translation>
    </message>
    <message>
        <source>Reading the models ...</source>
        <translation>Reading the models ...</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>Figures of {name}</source>
        <translation>Figures of {name}</translation>
    </message>
    <message>
        <source>Judges</source>
        <translation>Judges</translation>
    </message>
    <message>
        <source>Judges from the next start on</source>
        <translation>Judges from the next start on</translation>
    </message>
    <message>
        <source>The former one</source>
        <translation>The former one</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>came with the program</translation>
    </message>
    <message>
        <source>the command line</source>
        <translation>the command line</translation>
    </message>
    <message>
        <source>since {when}, by {who}</source>
        <translation>since {when}, by {who}</translation>
    </message>
    <message>
        <source>signed by {name}</source>
        <translation>signed by {name}</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>Nobody has measured this model yet.</source>
        <translation>Nobody has measured this model yet.</translation>
    </message>
    <message>
        <source>on {what}; measured by {who}</source>
        <translation>on {what}; measured by {who}</translation>
    </message>
    <message>
        <source>No trusted key signed it; somebody let it in, and the journal says who.</source>
        <translation>No trusted key signed it; somebody let it in, and the journal says who.</translation>
    </message>
</context>
<context>
    <name>NextPage</name>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>What is stored</translation>
    </message>
    <message>
        <source>When every tool has its photos</source>
        <translation>When every tool has its photos</translation>
    </message>
    <message>
        <source>A computer with the training part of the program makes scenes from them, learns, proves the model and installs it. These commands lead there, each says what it needs:</source>
        <translation>A computer with the training part of the program makes scenes from them, learns, proves the model and installs it. These commands lead there, each says what it needs:</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Open the folder</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) still with fewer than {enough} photos</source>
        <translation>
            <numerusform>%n tool still has fewer than {enough} photos</numerusform>
            <numerusform>%n tools still have fewer than {enough} photos</numerusform>
        </translation>
    </message>
    <message>
        <source>This system opens no folders. The folder: {folder}</source>
        <translation>This system opens no folders. The folder: {folder}</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>What the next person should know</source>
        <translation>What the next person should know</translation>
    </message>
    <message>
        <source>{count} of {most} characters</source>
        <translation>{count} of {most} characters</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close the message</source>
        <translation>Close the message</translation>
    </message>
</context>
<context>
    <name>NumberPad</name>
    <message>
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>Erase the last digit</source>
        <translation>Erase the last digit</translation>
    </message>
</context>
<context>
    <name>OperationDetail</name>
    <message>
        <source>This photo cannot be shown: the file is not a picture.</source>
        <translation>This photo cannot be shown: the file is not a picture.</translation>
    </message>
    <message>
        <source>With marks</source>
        <translation>With marks</translation>
    </message>
    <message>
        <source>As taken</source>
        <translation>As taken</translation>
    </message>
    <message>
        <source>Photo of the operation</source>
        <translation>Photo of the operation</translation>
    </message>
    <message>
        <source>{operation} · kit {kit}</source>
        <translation>{operation} · kit {kit}</translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation>Note: {note}</translation>
    </message>
    <message>
        <source>Toolkit: {toolkit}</source>
        <translation>Toolkit: {toolkit}</translation>
    </message>
    <message>
        <source>Person: {name} ({badge})</source>
        <translation>Person: {name} ({badge})</translation>
    </message>
    <message>
        <source>Record No. {number}</source>
        <translation>Record No. {number}</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>Model: {model}</translation>
    </message>
    <message>
        <source>Operation: {id}</source>
        <translation>Operation: {id}</translation>
    </message>
    <message>
        <source>extra</source>
        <translation>extra</translation>
    </message>
    <message>
        <source>counted: {found}</source>
        <translation>counted: {found}</translation>
    </message>
</context>
<context>
    <name>OperationTableModel</name>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Operation</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>Kit</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Recognition</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Final</translation>
    </message>
</context>
<context>
    <name>PlainWindow</name>
    <message>
        <source>Toolroom</source>
        <translation>Toolroom</translation>
    </message>
</context>
<context>
    <name>PurposePage</name>
    <message>
        <source>Purpose</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Demonstration</translation>
    </message>
    <message>
        <source>Real work</source>
        <translation>Real work</translation>
    </message>
    <message>
        <source>“toolroom-desktop --demo” shows the demonstration at any time.</source>
        <translation>“toolroom-desktop --demo” shows the demonstration at any time.</translation>
    </message>
    <message>
        <source>What is this station for?</source>
        <translation>What is this station for?</translation>
    </message>
    <message>
        <source>With your people, your kits and your camera. Every operation is recorded and kept for good.</source>
        <translation>With your people, your kits and your camera. Every operation is recorded and kept for good.</translation>
    </message>
    <message>
        <source>With invented people, kits and pictures, to try everything out. No camera is needed. Its records lie apart, in {folder}, and touch nothing real.

To come back: close the program and start it again; this set-up comes up again.</source>
        <translation>With invented people, kits and pictures, to try everything out. No camera is needed. Its records lie apart, in {folder}, and touch nothing real.

To come back: close the program and start it again; this set-up comes up again.</translation>
    </message>
    <message>
        <source>Answered already.</source>
        <translation>Answered already.</translation>
    </message>
    <message>
        <source>Both can be on one computer. Nothing done in the demonstration counts.</source>
        <translation>Both can be on one computer. Nothing done in the demonstration counts.</translation>
    </message>
    <message>
        <source>This is the demonstration. Real work begins when the program is started without --demo.</source>
        <translation>This is the demonstration. Real work begins when the program is started without --demo.</translation>
    </message>
    <message>
        <source>This station does real work. The demonstration, with records of its own in {folder}, is started with “toolroom-desktop --demo”.</source>
        <translation>This station does real work. The demonstration, with records of its own in {folder}, is started with “toolroom-desktop --demo”.</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Start the demo</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>there</source>
        <translation>there</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>damaged</translation>
    </message>
    <message>
        <source>wrong one</source>
        <translation>wrong one</translation>
    </message>
    <message>
        <source>there at checkout, not seen now</source>
        <translation>there at checkout, not seen now</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>not seen</translation>
    </message>
    <message>
        <source>seen: {figure}</source>
        <translation>seen: {figure}</translation>
    </message>
    <message>
        <source>{answered} of {questions}</source>
        <translation>{answered} of {questions}</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Count by hand</translation>
    </message>
    <message>
        <source>KIT COMPLETE</source>
        <translation>KIT COMPLETE</translation>
    </message>
    <message>
        <source>NOT COMPLETE</source>
        <translation>NOT COMPLETE</translation>
    </message>
    <message>
        <source>DISCREPANCY</source>
        <translation>DISCREPANCY</translation>
    </message>
    <message>
        <source>missing: {names}</source>
        <translation>missing: {names}</translation>
    </message>
    <message>
        <source>wrong: {names}</source>
        <translation>wrong: {names}</translation>
    </message>
    <message>
        <source>damaged: {names}</source>
        <translation>damaged: {names}</translation>
    </message>
    <message>
        <source>extra: {names}</source>
        <translation>extra: {names}</translation>
    </message>
    <message>
        <source>piece missing</source>
        <translation>piece missing</translation>
    </message>
    <message>
        <source>stays out</source>
        <translation>stays out</translation>
    </message>
    <message>
        <source>a piece is missing: {names}</source>
        <translation>a piece is missing: {names}</translation>
    </message>
    <message>
        <source>stays out: {names}</source>
        <translation>stays out: {names}</translation>
    </message>
</context>
<context>
    <name>ResultScreen</name>
    <message>
        <source>Back to the table</source>
        <translation>Back to the table</translation>
    </message>
    <message>
        <source>Positions to count</source>
        <translation>Positions to count</translation>
    </message>
    <message>
        <source>Loading the photo…</source>
        <translation>Loading the photo…</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>Seen by the station: {count}</source>
        <translation>Seen by the station: {count}</translation>
    </message>
    <message>
        <source>Not in the kit since the checkout: {names}</source>
        <translation>Not in the kit since the checkout: {names}</translation>
    </message>
    <message>
        <source>Does something that does not belong to the kit still lie with it?</source>
        <translation>Does something that does not belong to the kit still lie with it?</translation>
    </message>
    <message>
        <source>seen: {names}</source>
        <translation>seen: {names}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>no, taken away</source>
        <translation>no, taken away</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>Answers left: {count}</source>
        <translation>Answers left: {count}</translation>
    </message>
    <message>
        <source>Discard the answers?</source>
        <translation>Discard the answers?</translation>
    </message>
    <message>
        <source>Cancel the operation</source>
        <translation>Cancel the operation</translation>
    </message>
    <message>
        <source>At checkout</source>
        <translation>At checkout</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
</context>
<context>
    <name>SavedScreen</name>
    <message>
        <source>Saved</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>The next person can scan a badge now.</source>
        <translation>The next person can scan a badge now.</translation>
    </message>
    <message>
        <source>{operation} · kit {kit} · {person}</source>
        <translation>{operation} · kit {kit} · {person}</translation>
    </message>
    <message>
        <source>Record No. {number}</source>
        <translation>Record No. {number}</translation>
    </message>
</context>
<context>
    <name>SetupCameraPage</name>
    <message>
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Without a camera</source>
        <translation>Without a camera</translation>
    </message>
    <message>
        <source>Use this camera</source>
        <translation>Use this camera</translation>
    </message>
    <message>
        <source>{source}, from the next start of the program on</source>
        <translation>{source}, from the next start of the program on</translation>
    </message>
    <message>
        <source>No camera is set. Later: an administrator touches “Set up this station”.</source>
        <translation>No camera is set. Later: an administrator touches “Set up this station”.</translation>
    </message>
    <message>
        <source>Which camera looks at the table?</source>
        <translation>Which camera looks at the table?</translation>
    </message>
    <message>
        <source>The camera&apos;s picture</source>
        <translation>The camera&apos;s picture</translation>
    </message>
    <message>
        <source>A camera in the network</source>
        <translation>A camera in the network</translation>
    </message>
    <message>
        <source>Address of a network camera</source>
        <translation>Address of a network camera</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Demo pictures, only to look at</source>
        <translation>Demo pictures, only to look at</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Another camera holds from the next start of the program on.</source>
        <translation>Another camera holds from the next start of the program on.</translation>
    </message>
    <message>
        <source>The demonstration shows its own tables, whatever camera is set here.</source>
        <translation>The demonstration shows its own tables, whatever camera is set here.</translation>
    </message>
    <message>
        <source>Answered already: the settings name {source}.</source>
        <translation>Answered already: the settings name {source}.</translation>
    </message>
    <message>
        <source>Choose one and see whether the whole table is in its picture.</source>
        <translation>Choose one and see whether the whole table is in its picture.</translation>
    </message>
    <message>
        <source>USB camera {number}</source>
        <translation>USB camera {number}</translation>
    </message>
    <message>
        <source>pictures from a folder</source>
        <translation>pictures from a folder</translation>
    </message>
    <message>
        <source>network camera</source>
        <translation>network camera</translation>
    </message>
    <message>
        <source>Looking for cameras, {seconds} s of at most {most}…</source>
        <translation>Looking for cameras, {seconds} s of at most {most}…</translation>
    </message>
    <message>
        <source>Cameras of this computer</source>
        <translation>Cameras of this computer</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} pixels</translation>
    </message>
    <message>
        <source>gives a picture</source>
        <translation>gives a picture</translation>
    </message>
    <message>
        <source>opens, but gives no picture</source>
        <translation>opens, but gives no picture</translation>
    </message>
    <message>
        <source>used by another program</source>
        <translation>used by another program</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>does not answer</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>The camera is starting…</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>Looking for cameras…</translation>
    </message>
    <message>
        <source>Choose a camera to see its picture.</source>
        <translation>Choose a camera to see its picture.</translation>
    </message>
    <message>
        <source>No USB camera gives a picture.</source>
        <translation>No USB camera gives a picture.</translation>
    </message>
    <message>
        <source>No USB camera gives a picture. Check its cable, try another socket, close other programs that show its picture, and look again. A camera in the network is shown by its address. Without a camera go on with demo pictures, or skip this step.</source>
        <translation>No USB camera gives a picture. Check its cable, try another socket, close other programs that show its picture, and look again. A camera in the network is shown by its address. Without a camera go on with demo pictures, or skip this step.</translation>
    </message>
    <message>
        <source>Answered already: a policy of this computer names {source}. Only look whether it works.</source>
        <translation>Answered already: a policy of this computer names {source}. Only look whether it works.</translation>
    </message>
</context>
<context>
    <name>SetupModelPage</name>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Later: an administrator touches “Set up this station”, or “Models”.</source>
        <translation>Later: an administrator touches “Set up this station”, or “Models”.</translation>
    </message>
    <message>
        <source>Does recognition work?</source>
        <translation>Does recognition work?</translation>
    </message>
    <message>
        <source>What the model looked at</source>
        <translation>What the model looked at</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>The model looks at the camera&apos;s picture. Lay some tools on the table and let it look again.</source>
        <translation>The model looks at the camera&apos;s picture. Lay some tools on the table and let it look again.</translation>
    </message>
    <message>
        <source>No camera gives a picture, so the model looks at a table of the demonstration.</source>
        <translation>No camera gives a picture, so the model looks at a table of the demonstration.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>The first time the model is loaded and verified.</source>
        <translation>The first time the model is loaded and verified.</translation>
    </message>
    <message>
        <source>The model is refused</source>
        <translation>The model is refused</translation>
    </message>
    <message>
        <source>Loaded and verified: signed by {signer}.</source>
        <translation>Loaded and verified: signed by {signer}.</translation>
    </message>
    <message>
        <source>Loaded. The settings name it, so nobody&apos;s signature was asked for.</source>
        <translation>Loaded. The settings name it, so nobody&apos;s signature was asked for.</translation>
    </message>
    <message>
        <source>Loaded. No trusted key signed it; somebody let it in all the same.</source>
        <translation>Loaded. No trusted key signed it; somebody let it in all the same.</translation>
    </message>
    <message>
        <source>Nothing was looked at yet.</source>
        <translation>Nothing was looked at yet.</translation>
    </message>
    <message numerus="yes">
        <source>Sees %n tool(s)</source>
        <translation>
            <numerusform>Sees %n tool</numerusform>
            <numerusform>Sees %n tools</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, in {seconds} s</source>
        <translation>{count}, in {seconds} s</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Skip all the same</source>
        <translation>Skip all the same</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Skip</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Scan your badge</source>
        <translation>Scan your badge</translation>
    </message>
    <message>
        <source>or type its number and press Enter</source>
        <translation>or type its number and press Enter</translation>
    </message>
    <message>
        <source>Badge number</source>
        <translation>Badge number</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Demonstration</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Another badge</source>
        <translation>Another badge</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Tap a person. The PIN of each is {pin}.</source>
        <translation>Tap a person. The PIN of each is {pin}.</translation>
    </message>
    <message>
        <source>Nobody can sign in yet: this station has no administrator.</source>
        <translation>Nobody can sign in yet: this station has no administrator.</translation>
    </message>
    <message>
        <source>Set up this station</source>
        <translation>Set up this station</translation>
    </message>
</context>
<context>
    <name>SignaturePanel</name>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Badge number</source>
        <translation>Badge number</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>No signature</source>
        <translation>No signature</translation>
    </message>
    <message>
        <source>Another badge</source>
        <translation>Another badge</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Why? Type the reason; the record keeps it.</source>
        <translation>Why? Type the reason; the record keeps it.</translation>
    </message>
    <message>
        <source>Scan the badge, or type its number and press Enter.</source>
        <translation>Scan the badge, or type its number and press Enter.</translation>
    </message>
</context>
<context>
    <name>StartWindow</name>
    <message>
        <source>Toolroom</source>
        <translation>Toolroom</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <translation>The station is starting</translation>
    </message>
    <message>
        <source>The station cannot start</source>
        <translation>The station cannot start</translation>
    </message>
    <message>
        <source>The station is closing</source>
        <translation>The station is closing</translation>
    </message>
    <message>
        <source>Health of this station</source>
        <translation>Health of this station</translation>
    </message>
</context>
<context>
    <name>StepPage</name>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Later: an administrator touches “Set up this station”.</source>
        <translation>Later: an administrator touches “Set up this station”.</translation>
    </message>
</context>
<context>
    <name>ToolList</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ToolPage</name>
    <message>
        <source>Which tool?</source>
        <translation>Which tool?</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>Or a tool that is not in the list</source>
        <translation>Or a tool that is not in the list</translation>
    </message>
    <message>
        <source>Name in Russian</source>
        <translation>Name in Russian</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>Name in English</translation>
    </message>
    <message>
        <source>Short name for files and models, in Latin letters</source>
        <translation>Short name for files and models, in Latin letters</translation>
    </message>
    <message>
        <source>Photograph the new tool</source>
        <translation>Photograph the new tool</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Toolroom</source>
        <translation>Toolroom</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Demonstration</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>Change the language</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Checkout</source>
        <translation>Checkout</translation>
    </message>
    <message>
        <source>Checkin</source>
        <translation>Checkin</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>Inventory</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>Discrepancy</source>
        <translation>Discrepancy</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Count by hand</translation>
    </message>
    <message>
        <source>present</source>
        <translation>present</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsure</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>found</source>
        <translation>found</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>damaged</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>Technician</translation>
    </message>
    <message>
        <source>Storekeeper</source>
        <translation>Storekeeper</translation>
    </message>
    <message>
        <source>Shift lead</source>
        <translation>Shift lead</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Quality</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>wrong part</source>
        <translation>wrong part</translation>
    </message>
    <message>
        <source>a piece is missing</source>
        <translation>a piece is missing</translation>
    </message>
    <message>
        <source>stays out</source>
        <translation>stays out</translation>
    </message>
</context>
</TS>
