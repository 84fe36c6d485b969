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
    <message>
        <source>An administrator adds other people under “People”, or with “toolroom users add”.</source>
        <translation>An administrator adds other people under “People”, or with “toolroom users add”.</translation>
    </message>
</context>
<context>
    <name>BlockedScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Sign and issue…</source>
        <translation>Sign and issue…</translation>
    </message>
    <message>
        <source>Whoever signs here answers for the issue. May sign: {roles}</source>
        <translation>Whoever signs here answers for the issue. May sign: {roles}</translation>
    </message>
    <message>
        <source>Kit {kit} does not go out as it is</source>
        <translation>Kit {kit} does not go out as it is</translation>
    </message>
    <message>
        <source>Do not lay the tools out yet. Put it right first, or let somebody who may sign for the issue.</source>
        <translation>Do not lay the tools out yet. Put it right first, or let somebody who may sign for the issue.</translation>
    </message>
    <message>
        <source>May overrule: {roles}</source>
        <translation>May overrule: {roles}</translation>
    </message>
</context>
<context>
    <name>Blocks</name>
    <message>
        <source>case {case} is open: it is being searched for</source>
        <translation>case {case} is open: it is being searched for</translation>
    </message>
    <message>
        <source>the calibration ended on {day}</source>
        <translation>the calibration ended on {day}</translation>
    </message>
    <message>
        <source>unserviceable</source>
        <translation>unserviceable</translation>
    </message>
    <message>
        <source>not in the kit: lost, in repair or taken out</source>
        <translation>not in the kit: lost, in repair or taken out</translation>
    </message>
    <message>
        <source>the count found the kit incomplete</source>
        <translation>the count found the kit incomplete</translation>
    </message>
    <message>
        <source>The whole kit</source>
        <translation>The whole kit</translation>
    </message>
    <message>
        <source> or </source>
        <translation> or </translation>
    </message>
    <message>
        <source>case {case} of {station} is open: they search for it there</source>
        <translation>case {case} of {station} is open: they search for it there</translation>
    </message>
</context>
<context>
    <name>BringBackScreen</name>
    <message>
        <source>The records of this station were restored from a backup. The centre has what the station sent since, and it can come back as long as nothing else is written here: not even a sign-in.</source>
        <translation>The records of this station were restored from a backup. The centre has what the station sent since, and it can come back as long as nothing else is written here: not even a sign-in.</translation>
    </message>
    <message>
        <source>An administrator of this station brings it back</source>
        <translation>An administrator of this station brings it back</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Close the program</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Asking the centre what is lacking here…</source>
        <translation>Asking the centre what is lacking here…</translation>
    </message>
    <message>
        <source>The centre has entries that are lacking here</source>
        <translation>The centre has entries that are lacking here</translation>
    </message>
    <message>
        <source>Bringing back what is lacking…</source>
        <translation>Bringing back what is lacking…</translation>
    </message>
    <message>
        <source>The station can be started</source>
        <translation>The station can be started</translation>
    </message>
    <message>
        <source>The centre&apos;s entries cannot come back here</source>
        <translation>The centre&apos;s entries cannot come back here</translation>
    </message>
    <message>
        <source>It did not come to an end</source>
        <translation>It did not come to an end</translation>
    </message>
    <message>
        <source>Start the station</source>
        <translation>Start the station</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Bring back</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>{done} of {total} entries</source>
        <translation>{done} of {total} entries</translation>
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
    <name>CasePage</name>
    <message>
        <source>The kit again</source>
        <translation>The kit again</translation>
    </message>
    <message>
        <source>Photo of the case</source>
        <translation>Photo of the case</translation>
    </message>
    <message>
        <source>OVERDUE since {when}.</source>
        <translation>OVERDUE since {when}.</translation>
    </message>
    <message>
        <source>Until {when}.</source>
        <translation>Until {when}.</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>There is no photo of the kit.</source>
        <translation>There is no photo of the kit.</translation>
    </message>
    <message>
        <source>The kit as it went out, {when}</source>
        <translation>The kit as it went out, {when}</translation>
    </message>
    <message>
        <source>The kit when it was missed, {when}</source>
        <translation>The kit when it was missed, {when}</translation>
    </message>
    <message>
        <source>Course, the newest first</source>
        <translation>Course, the newest first</translation>
    </message>
    <message>
        <source>Quality must sign in for that.</source>
        <translation>Quality must sign in for that.</translation>
    </message>
    <message>
        <source>You searched already: let somebody else sign in.</source>
        <translation>You searched already: let somebody else sign in.</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>Record a search</source>
        <translation>Record a search</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Add a note</translation>
    </message>
    <message>
        <source>Record the outcome</source>
        <translation>Record the outcome</translation>
    </message>
    <message>
        <source>Release the case</source>
        <translation>Release the case</translation>
    </message>
    <message>
        <source>Reopen the case</source>
        <translation>Reopen the case</translation>
    </message>
    <message>
        <source>Each search is recorded in the name of whoever is signed in. The second one needs another person.</source>
        <translation>Each search is recorded in the name of whoever is signed in. The second one needs another person.</translation>
    </message>
    <message>
        <source>A note changes nothing: it stays in the course of the case.</source>
        <translation>A note changes nothing: it stays in the course of the case.</translation>
    </message>
    <message>
        <source>The case stays open after this: quality looks at it and releases it.</source>
        <translation>The case stays open after this: quality looks at it and releases it.</translation>
    </message>
    <message>
        <source>With your statement the case is closed in the name of quality, and the kit can be issued again.</source>
        <translation>With your statement the case is closed in the name of quality, and the kit can be issued again.</translation>
    </message>
    <message>
        <source>Everything recorded so far stays. The tool is searched for again.</source>
        <translation>Everything recorded so far stays. The tool is searched for again.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
</context>
<context>
    <name>CasesScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>Report a missing tool</source>
        <translation>Report a missing tool</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Lost-tool cases</source>
        <translation>Lost-tool cases</translation>
    </message>
</context>
<context>
    <name>ChoicePanel</name>
    <message>
        <source>First day</source>
        <translation>First day</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>Show these days</source>
        <translation>Show these days</translation>
    </message>
    <message>
        <source>Of which time?</source>
        <translation>Of which time?</translation>
    </message>
    <message>
        <source>Format and language</source>
        <translation>Format and language</translation>
    </message>
</context>
<context>
    <name>CorrectPage</name>
    <message>
        <source>What was noted wrongly? Kit {kit}</source>
        <translation>What was noted wrongly? Kit {kit}</translation>
    </message>
    <message>
        <source>What was recorded stays; this is a record of its own. Counts and cases do not change.</source>
        <translation>What was recorded stays; this is a record of its own. Counts and cases do not change.</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>Work order</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Aircraft</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Back by</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Reason for the correction</source>
        <translation>Reason for the correction</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>no time</source>
        <translation>no time</translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} d</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{span} late</source>
        <translation>{span} late</translation>
    </message>
    <message>
        <source>awaits its release</source>
        <translation>awaits its release</translation>
    </message>
    <message>
        <source>late</source>
        <translation>late</translation>
    </message>
    <message>
        <source>being searched</source>
        <translation>being searched</translation>
    </message>
    <message>
        <source>not searched yet</source>
        <translation>not searched yet</translation>
    </message>
    <message>
        <source>Synchronised</source>
        <translation>Synchronised</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Not sent yet</translation>
    </message>
    <message>
        <source>Centre out of reach</source>
        <translation>Centre out of reach</translation>
    </message>
    <message>
        <source>Sync needs you</source>
        <translation>Sync needs you</translation>
    </message>
    <message>
        <source>Shift since</source>
        <translation>Shift since</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>Overdue kits</source>
        <translation>Overdue kits</translation>
    </message>
    <message>
        <source>No kit is overdue.</source>
        <translation>No kit is overdue.</translation>
    </message>
    <message>
        <source>Kits out</source>
        <translation>Kits out</translation>
    </message>
    <message>
        <source>Kits that are out</source>
        <translation>Kits that are out</translation>
    </message>
    <message>
        <source>No kit is out.</source>
        <translation>No kit is out.</translation>
    </message>
    <message>
        <source>Open cases</source>
        <translation>Open cases</translation>
    </message>
    <message>
        <source>Open lost-tool cases</source>
        <translation>Open lost-tool cases</translation>
    </message>
    <message>
        <source>No tool is searched for.</source>
        <translation>No tool is searched for.</translation>
    </message>
    <message>
        <source>To count</source>
        <translation>To count</translation>
    </message>
    <message>
        <source>Counts by hand that wait</source>
        <translation>Counts by hand that wait</translation>
    </message>
    <message>
        <source>No count is owed.</source>
        <translation>No count is owed.</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Calibration</translation>
    </message>
    <message>
        <source>Calibrations that are due</source>
        <translation>Calibrations that are due</translation>
    </message>
    <message>
        <source>No calibration is due soon.</source>
        <translation>No calibration is due soon.</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>since {when}</source>
        <translation>since {when}</translation>
    </message>
    <message>
        <source>What waits at all stations</source>
        <translation>What waits at all stations</translation>
    </message>
    <message>
        <source>Nothing waits at any station.</source>
        <translation>Nothing waits at any station.</translation>
    </message>
</context>
<context>
    <name>DeskPanel</name>
    <message>
        <source>Figures of the toolroom</source>
        <translation>Figures of the toolroom</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>What is to be done</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Looking…</translation>
    </message>
    <message numerus="yes">
        <source>And %n more of these</source>
        <translation>
            <numerusform>And %n more of these</numerusform>
            <numerusform>And %n more of these</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message>
        <source>Work order</source>
        <translation>Work order</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Aircraft</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Back by</translation>
    </message>
    <message>
        <source>{name} (optional)</source>
        <translation>{name} (optional)</translation>
    </message>
    <message>
        <source>Scan or type its number</source>
        <translation>Scan or type its number</translation>
    </message>
    <message>
        <source>Registration, such as RA-89001</source>
        <translation>Registration, such as RA-89001</translation>
    </message>
    <message>
        <source>End of shift
{time}</source>
        <translation>End of shift
{time}</translation>
    </message>
    <message>
        <source>In {hours} h
{time}</source>
        <translation>In {hours} h
{time}</translation>
    </message>
    <message>
        <source>Tomorrow
{time}</source>
        <translation>Tomorrow
{time}</translation>
    </message>
    <message>
        <source>No time</source>
        <translation>No time</translation>
    </message>
    <message>
        <source>Back by {time}</source>
        <translation>Back by {time}</translation>
    </message>
    <message>
        <source>Another time: 18:30</source>
        <translation>Another time: 18:30</translation>
    </message>
</context>
<context>
    <name>DetailsStrip</name>
    <message>
        <source>Work order</source>
        <translation>Work order</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Aircraft</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Back by</translation>
    </message>
    <message>
        <source>still needed</source>
        <translation>still needed</translation>
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
    <name>Facts</name>
    <message>
        <source>read: {marking}</source>
        <translation>read: {marking}</translation>
    </message>
    <message>
        <source>Overruled by {name} ({badge}): {reason}</source>
        <translation>Overruled by {name} ({badge}): {reason}</translation>
    </message>
    <message>
        <source>Counted later, {time}, by {name}: {status}</source>
        <translation>Counted later, {time}, by {name}: {status}</translation>
    </message>
    <message>
        <source>Corrected, {time}, by {name}: {reason}</source>
        <translation>Corrected, {time}, by {name}: {reason}</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>Work order</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Aircraft</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Back by</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>{name} ({badge})</source>
        <translation>{name} ({badge})</translation>
    </message>
    <message>
        <source>Toolkit</source>
        <translation>Toolkit</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Kit with</source>
        <translation>Kit with</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>Handed over by</translation>
    </message>
    <message>
        <source>Count signed by</source>
        <translation>Count signed by</translation>
    </message>
    <message>
        <source>Out after it</source>
        <translation>Out after it</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Cases</translation>
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
        <source>Signed, {time}, by {name} ({badge}): {purpose}</source>
        <translation>Signed, {time}, by {name} ({badge}): {purpose}</translation>
    </message>
    <message>
        <source>Refused, {time}, to {badge}</source>
        <translation>Refused, {time}, to {badge}</translation>
    </message>
    <message>
        <source>hands the kit over</source>
        <translation>hands the kit over</translation>
    </message>
    <message>
        <source>gives the kit on</source>
        <translation>gives the kit on</translation>
    </message>
    <message>
        <source>saw the count</source>
        <translation>saw the count</translation>
    </message>
    <message>
        <source>lets the kit go out nevertheless</source>
        <translation>lets the kit go out nevertheless</translation>
    </message>
    <message>
        <source>lets the kit go out in spite of a case</source>
        <translation>lets the kit go out in spite of a case</translation>
    </message>
    <message>
        <source>takes part in the shift&apos;s inventory</source>
        <translation>takes part in the shift&apos;s inventory</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Operations</source>
        <translation>Operations</translation>
    </message>
    <message>
        <source>First-pass rate</source>
        <translation>First-pass rate</translation>
    </message>
    <message>
        <source>Manual counts</source>
        <translation>Manual counts</translation>
    </message>
    <message>
        <source>Handling time</source>
        <translation>Handling time</translation>
    </message>
    <message>
        <source>Missing tools</source>
        <translation>Missing tools</translation>
    </message>
    <message>
        <source>How many operations were recorded.</source>
        <translation>How many operations were recorded.</translation>
    </message>
    <message>
        <source>Of the operations before the camera, how many were complete at first sight with no count by hand.</source>
        <translation>Of the operations before the camera, how many were complete at first sight with no count by hand.</translation>
    </message>
    <message>
        <source>How many operations a person counted by hand.</source>
        <translation>How many operations a person counted by hand.</translation>
    </message>
    <message>
        <source>From the beginning of an operation to its record: half of them were quicker than this.</source>
        <translation>From the beginning of an operation to its record: half of them were quicker than this.</translation>
    </message>
    <message>
        <source>How many tools were found missing.</source>
        <translation>How many tools were found missing.</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Over time</translation>
    </message>
    <message>
        <source>By person</source>
        <translation>By person</translation>
    </message>
    <message>
        <source>By kit</source>
        <translation>By kit</translation>
    </message>
    <message>
        <source>By toolkit</source>
        <translation>By toolkit</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>By model</translation>
    </message>
    <message>
        <source>By station</source>
        <translation>By station</translation>
    </message>
    <message>
        <source>By tool</source>
        <translation>By tool</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>3 months</source>
        <translation>3 months</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>A year</translation>
    </message>
    <message>
        <source>3 years</source>
        <translation>3 years</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>9 of 10 within {0}</source>
        <translation>9 of 10 within {0}</translation>
    </message>
</context>
<context>
    <name>FiguresScreen</name>
    <message>
        <source>Figures</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Counting…</translation>
    </message>
    <message>
        <source>Nothing was recorded in this period. Choose a longer one.</source>
        <translation>Nothing was recorded in this period. Choose a longer one.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>Save the numbers</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Save the picture</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Saved: {0}</translation>
    </message>
    <message>
        <source>Touch a bar to see its operations.</source>
        <translation>Touch a bar to see its operations.</translation>
    </message>
    <message>
        <source>Number of operations</source>
        <translation>Number of operations</translation>
    </message>
    <message>
        <source>Median, s</source>
        <translation>Median, s</translation>
    </message>
    <message>
        <source>9 of 10 within, s</source>
        <translation>9 of 10 within, s</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>All stations</translation>
    </message>
</context>
<context>
    <name>FilterPage</name>
    <message>
        <source>any</source>
        <translation>any</translation>
    </message>
    <message>
        <source>Type its beginning</source>
        <translation>Type its beginning</translation>
    </message>
    <message>
        <source>Type a part of it, or choose</source>
        <translation>Type a part of it, or choose</translation>
    </message>
    <message>
        <source>Chosen: {what}</source>
        <translation>Chosen: {what}</translation>
    </message>
    <message>
        <source>From {day}</source>
        <translation>From {day}</translation>
    </message>
    <message>
        <source>To {day}</source>
        <translation>To {day}</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>First day</translation>
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
    <name>History</name>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Record No.</source>
        <translation>Record No.</translation>
    </message>
    <message>
        <source>count is owed</source>
        <translation>count is owed</translation>
    </message>
    <message>
        <source>overlooked by recognition</source>
        <translation>overlooked by recognition</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>remark</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>A year</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>From … to …</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Tool</translation>
    </message>
    <message>
        <source>Marking</source>
        <translation>Marking</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Finding</translation>
    </message>
    <message>
        <source>Lost-tool case</source>
        <translation>Lost-tool case</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Count</translation>
    </message>
    <message>
        <source>Counted by hand</source>
        <translation>Counted by hand</translation>
    </message>
    <message>
        <source>Overruled</source>
        <translation>Overruled</translation>
    </message>
    <message>
        <source>First pass</source>
        <translation>First pass</translation>
    </message>
    <message>
        <source>case opened</source>
        <translation>case opened</translation>
    </message>
    <message>
        <source>no case</source>
        <translation>no case</translation>
    </message>
    <message>
        <source>no count is owed</source>
        <translation>no count is owed</translation>
    </message>
    <message>
        <source>counted by hand</source>
        <translation>counted by hand</translation>
    </message>
    <message>
        <source>not counted by hand</source>
        <translation>not counted by hand</translation>
    </message>
    <message>
        <source>overruled</source>
        <translation>overruled</translation>
    </message>
    <message>
        <source>not overruled</source>
        <translation>not overruled</translation>
    </message>
    <message>
        <source>complete at first sight</source>
        <translation>complete at first sight</translation>
    </message>
    <message>
        <source>not complete at first sight</source>
        <translation>not complete at first sight</translation>
    </message>
</context>
<context>
    <name>HistoryBar</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>No filter</source>
        <translation>No filter</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>Correct…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>To a file</source>
        <translation>To a file</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Look for this</source>
        <translation>Look for this</translation>
    </message>
    <message>
        <source>Count now</source>
        <translation>Count now</translation>
    </message>
    <message>
        <source>Record the correction</source>
        <translation>Record the correction</translation>
    </message>
    <message>
        <source>Nothing was done at this station yet. The first confirmed kit appears here.</source>
        <translation>Nothing was done at this station yet. The first confirmed kit appears here.</translation>
    </message>
    <message>
        <source>the search for “{text}”</source>
        <translation>the search for “{text}”</translation>
    </message>
    <message>
        <source>Nothing is found with {what}. Take it away above to see all operations.</source>
        <translation>Nothing is found with {what}. Take it away above to see all operations.</translation>
    </message>
    <message>
        <source>Nothing fits all of this: {what}. Take one of them away above.</source>
        <translation>Nothing fits all of this: {what}. Take one of them away above.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Counting…</translation>
    </message>
    <message>
        <source>more than {number} found</source>
        <translation>more than {number} found</translation>
    </message>
    <message>
        <source>{number} found</source>
        <translation>{number} found</translation>
    </message>
    <message>
        <source>{done} of {total} rows written…</source>
        <translation>{done} of {total} rows written…</translation>
    </message>
    <message>
        <source>Without {what}: {count}.</source>
        <translation>Without {what}: {count}.</translation>
    </message>
    <message>
        <source>No operation of any station is here yet. They come from the centre by themselves.</source>
        <translation>No operation of any station is here yet. They come from the centre by themselves.</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message numerus="yes">
        <source>%n row(s) written to {file}</source>
        <translation>
            <numerusform>%n row written to {file}</numerusform>
            <numerusform>%n rows written to {file}</numerusform>
        </translation>
    </message>
    <message>
        <source>Without: {what}</source>
        <translation>Without: {what}</translation>
    </message>
    <message>
        <source>operations {day}.csv</source>
        <translation>operations {day}.csv</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Operations</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Save the table</translation>
    </message>
    <message>
        <source>Table (*.csv);;Excel (*.xlsx)</source>
        <translation>Table (*.csv);;Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>operations of all stations {day}.csv</source>
        <translation>operations of all stations {day}.csv</translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
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
        <source>What needs you</source>
        <translation>What needs you</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>Nothing waits for you.</translation>
    </message>
    <message>
        <source>All kits that you hold are listed above.</source>
        <translation>All kits that you hold are listed above.</translation>
    </message>
    <message>
        <source>{kit} is overdue</source>
        <translation>{kit} is overdue</translation>
    </message>
    <message>
        <source>{kit} is due soon</source>
        <translation>{kit} is due soon</translation>
    </message>
    <message>
        <source>Take over a kit</source>
        <translation>Take over a kit</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>Lost-tool cases</source>
        <translation>Lost-tool cases</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>People</source>
        <translation>People</translation>
    </message>
    <message>
        <source>Case {case} is late</source>
        <translation>Case {case} is late</translation>
    </message>
    <message>
        <source>Case {case} was reopened</source>
        <translation>Case {case} was reopened</translation>
    </message>
    <message>
        <source>Case {case} awaits its release</source>
        <translation>Case {case} awaits its release</translation>
    </message>
    <message>
        <source>Case {case} is open</source>
        <translation>Case {case} is open</translation>
    </message>
    <message>
        <source>Kit {kit} is overdue</source>
        <translation>Kit {kit} is overdue</translation>
    </message>
    <message>
        <source>Kit {kit} is due soon</source>
        <translation>Kit {kit} is due soon</translation>
    </message>
    <message>
        <source>Kit {kit} was not counted</source>
        <translation>Kit {kit} was not counted</translation>
    </message>
    <message>
        <source>Calibration is over: {tool}</source>
        <translation>Calibration is over: {tool}</translation>
    </message>
    <message>
        <source>Calibration is due: {tool}</source>
        <translation>Calibration is due: {tool}</translation>
    </message>
    <message>
        <source>No shift runs</source>
        <translation>No shift runs</translation>
    </message>
    <message>
        <source>Begin it with an inventory of the kits.</source>
        <translation>Begin it with an inventory of the kits.</translation>
    </message>
    <message>
        <source>the whole kit</source>
        <translation>the whole kit</translation>
    </message>
    <message>
        <source>kit {kit}</source>
        <translation>kit {kit}</translation>
    </message>
    <message>
        <source>was due {when}</source>
        <translation>was due {when}</translation>
    </message>
    <message>
        <source>ended {when}</source>
        <translation>ended {when}</translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation>until {when}</translation>
    </message>
    <message>
        <source>due {when}</source>
        <translation>due {when}</translation>
    </message>
    <message>
        <source>Kit {kit}: its holder cannot sign in any more</source>
        <translation>Kit {kit}: its holder cannot sign in any more</translation>
    </message>
    <message>
        <source>Account locked: {name}</source>
        <translation>Account locked: {name}</translation>
    </message>
    <message>
        <source>Account ended: {name}</source>
        <translation>Account ended: {name}</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>Reports cannot be written</source>
        <translation>Reports cannot be written</translation>
    </message>
    <message>
        <source>See to the folder {place}</source>
        <translation>See to the folder {place}</translation>
    </message>
    <message>
        <source>from {station}</source>
        <translation>from {station}</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Figures</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Reading the list ...</source>
        <translation>Reading the list ...</translation>
    </message>
    <message>
        <source>New: {new}, changed: {changed}, unchanged: {unchanged}</source>
        <translation>New: {new}, changed: {changed}, unchanged: {unchanged}</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s): mend them in the file, then import it again.</source>
        <translation>
            <numerusform>%n error: mend it in the file, then import it again.</numerusform>
            <numerusform>%n errors: mend them in the file, then import it again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportTableModel</name>
    <message>
        <source>Row</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Tool</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>In detail</translation>
    </message>
    <message>
        <source>error</source>
        <translation>error</translation>
    </message>
    <message>
        <source>new</source>
        <translation>new</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>changed</translation>
    </message>
    <message>
        <source>spare</source>
        <translation>spare</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Column</translation>
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
    <message>
        <source>Look-alikes are small in this picture: bring the camera nearer.</source>
        <translation>Look-alikes are small in this picture: bring the camera nearer.</translation>
    </message>
    <message>
        <source>not the usual size</source>
        <translation>not the usual size</translation>
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
    <name>JournalPart</name>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Entry No.</source>
        <translation>Entry No.</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>Hash before it</source>
        <translation>Hash before it</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>Seal</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Verify up to this entry</source>
        <translation>Verify up to this entry</translation>
    </message>
    <message>
        <source>What is shown here is not what the journal says: the record was changed.</source>
        <translation>What is shown here is not what the journal says: the record was changed.</translation>
    </message>
    <message>
        <source>Later entries of the journal changed what holds; they are listed above.</source>
        <translation>Later entries of the journal changed what holds; they are listed above.</translation>
    </message>
    <message>
        <source>Whole: {count} entries up to this one hold together, each with its seal.</source>
        <translation>Whole: {count} entries up to this one hold together, each with its seal.</translation>
    </message>
    <message>
        <source>Whole: {count} entries up to this one hold together; those before No. {first} carry seals of a key that was lost.</source>
        <translation>Whole: {count} entries up to this one hold together; those before No. {first} carry seals of a key that was lost.</translation>
    </message>
    <message>
        <source>an entry is missing</source>
        <translation>an entry is missing</translation>
    </message>
    <message>
        <source>it does not follow from the one before</source>
        <translation>it does not follow from the one before</translation>
    </message>
    <message>
        <source>its content was changed</source>
        <translation>its content was changed</translation>
    </message>
    <message>
        <source>its seal is not this station&apos;s</source>
        <translation>its seal is not this station&apos;s</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>it cannot be read</translation>
    </message>
    <message>
        <source>Not whole at entry No. {number}: {what}. Tell whoever looks after quality, and IT.</source>
        <translation>Not whole at entry No. {number}: {what}. Tell whoever looks after quality, and IT.</translation>
    </message>
</context>
<context>
    <name>KitDetail</name>
    <message numerus="yes">
        <source>The same for %n more</source>
        <translation>
            <numerusform>The same for %n more</numerusform>
            <numerusform>The same for %n more</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded: {where}</source>
        <translation>Recorded: {where}</translation>
    </message>
    <message>
        <source>aircraft {aircraft}</source>
        <translation>aircraft {aircraft}</translation>
    </message>
    <message>
        <source>work order {order}</source>
        <translation>work order {order}</translation>
    </message>
    <message>
        <source>Every kit counts as being where the records say, unless you say otherwise. Touch a kit to do so, or scan its label to tick it off.</source>
        <translation>Every kit counts as being where the records say, unless you say otherwise. Touch a kit to do so, or scan its label to tick it off.</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Explanation</translation>
    </message>
    <message>
        <source>Say it in a few words</source>
        <translation>Say it in a few words</translation>
    </message>
    <message>
        <source>Count this kit</source>
        <translation>Count this kit</translation>
    </message>
    <message>
        <source>Take over from this person</source>
        <translation>Take over from this person</translation>
    </message>
    <message>
        <source>handed out {when}</source>
        <translation>handed out {when}</translation>
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
    <message>
        <source>Which kit do you take over?</source>
        <translation>Which kit do you take over?</translation>
    </message>
    <message>
        <source>Which kit is counted?</source>
        <translation>Which kit is counted?</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Count by hand</translation>
    </message>
    <message>
        <source>It comes back all the same</source>
        <translation>It comes back all the same</translation>
    </message>
    <message>
        <source>This station does not know that kit {kit} is out. Another station may have handed it out: then it is counted here against its whole list, and the checkout is added when it is known.</source>
        <translation>This station does not know that kit {kit} is out. Another station may have handed it out: then it is counted here against its whole list, and the checkout is added when it is known.</translation>
    </message>
    <message>
        <source>{out}, from {station}</source>
        <translation>{out}, from {station}</translation>
    </message>
</context>
<context>
    <name>LabelPanel</name>
    <message>
        <source>Which kits? Scan them or type their numbers; empty: all</source>
        <translation>Which kits? Scan them or type their numbers; empty: all</translation>
    </message>
    <message>
        <source>Which tools? Scan them or type their markings; empty: all</source>
        <translation>Which tools? Scan them or type their markings; empty: all</translation>
    </message>
    <message>
        <source>Whose badges? Scan them or type them; empty: of all</source>
        <translation>Whose badges? Scan them or type them; empty: of all</translation>
    </message>
    <message>
        <source>Which tools? Scan them or type their markings; empty: all of kit {kit}</source>
        <translation>Which tools? Scan them or type their markings; empty: all of kit {kit}</translation>
    </message>
    <message>
        <source>several with commas</source>
        <translation>several with commas</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Kits</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>Badges</source>
        <translation>Badges</translation>
    </message>
    <message>
        <source>Labels of what?</source>
        <translation>Labels of what?</translation>
    </message>
    <message>
        <source>On which sheet or roll?</source>
        <translation>On which sheet or roll?</translation>
    </message>
    <message>
        <source>What is on it?</source>
        <translation>What is on it?</translation>
    </message>
    <message>
        <source>First free label of the sheet</source>
        <translation>First free label of the sheet</translation>
    </message>
    <message>
        <source>Copies of each</source>
        <translation>Copies of each</translation>
    </message>
    <message>
        <source>One label earlier</source>
        <translation>One label earlier</translation>
    </message>
    <message>
        <source>One label later</source>
        <translation>One label later</translation>
    </message>
    <message>
        <source>One copy less</source>
        <translation>One copy less</translation>
    </message>
    <message>
        <source>One copy more</source>
        <translation>One copy more</translation>
    </message>
    <message>
        <source>Number and name</source>
        <translation>Number and name</translation>
    </message>
    <message>
        <source>Only the number</source>
        <translation>Only the number</translation>
    </message>
    <message>
        <source>No lines</source>
        <translation>No lines</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Frames</translation>
    </message>
    <message>
        <source>Cut marks</source>
        <translation>Cut marks</translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation>{width} × {height} mm</translation>
    </message>
</context>
<context>
    <name>LabelsScreen</name>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Print ...</source>
        <translation>Print ...</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Page before</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Page {page} of {pages}</translation>
    </message>
    <message>
        <source>Writing the labels ...</source>
        <translation>Writing the labels ...</translation>
    </message>
    <message>
        <source>Printing the labels ...</source>
        <translation>Printing the labels ...</translation>
    </message>
    <message numerus="yes">
        <source>%n label(s).</source>
        <translation>
            <numerusform>%n label.</numerusform>
            <numerusform>%n labels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) without a marking left out.</source>
        <translation>
            <numerusform>%n tool without a marking left out.</numerusform>
            <numerusform>%n tools without a marking left out.</numerusform>
        </translation>
    </message>
    <message>
        <source>Laying the labels out ...</source>
        <translation>Laying the labels out ...</translation>
    </message>
    <message>
        <source>Save the labels</source>
        <translation>Save the labels</translation>
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
    <name>ListPage</name>
    <message>
        <source>Number, tool, kit, person or aircraft</source>
        <translation>Number, tool, kit, person or aircraft</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Reading the cases …</source>
        <translation>Reading the cases …</translation>
    </message>
    <message>
        <source>No tool was ever missing here. Report one with the button below, or count it as missing.</source>
        <translation>No tool was ever missing here. Report one with the button below, or count it as missing.</translation>
    </message>
    <message>
        <source>No case fits. Take a word out, or show all cases.</source>
        <translation>No case fits. Take a word out, or show all cases.</translation>
    </message>
    <message>
        <source>found out {when}</source>
        <translation>found out {when}</translation>
    </message>
    <message>
        <source>kit was with {name}</source>
        <translation>kit was with {name}</translation>
    </message>
    <message>
        <source>searched by {names}</source>
        <translation>searched by {names}</translation>
    </message>
    <message>
        <source>No case is open.</source>
        <translation>No case is open.</translation>
    </message>
    <message>
        <source>OVERDUE since {when}.</source>
        <translation>OVERDUE since {when}.</translation>
    </message>
    <message>
        <source>Until {when}.</source>
        <translation>Until {when}.</translation>
    </message>
    <message>
        <source>Search for a kit or a tool</source>
        <translation>Search for a kit or a tool</translation>
    </message>
    <message>
        <source>Kits and lists</source>
        <translation>Kits and lists</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) found</source>
        <translation>
            <numerusform>%n tool found</numerusform>
            <numerusform>%n tools found</numerusform>
        </translation>
    </message>
    <message>
        <source>Spare tools</source>
        <translation>Spare tools</translation>
    </message>
    <message>
        <source>Calibration due</source>
        <translation>Calibration due</translation>
    </message>
    <message>
        <source>Not serviceable</source>
        <translation>Not serviceable</translation>
    </message>
    <message>
        <source>out</source>
        <translation>out</translation>
    </message>
    <message>
        <source>Nothing matches. Check the number, or clear the field.</source>
        <translation>Nothing matches. Check the number, or clear the field.</translation>
    </message>
    <message>
        <source>Tools that match</source>
        <translation>Tools that match</translation>
    </message>
    <message>
        <source>The kit is out with {name}.</source>
        <translation>The kit is out with {name}.</translation>
    </message>
    <message>
        <source>Open cases: {cases}.</source>
        <translation>Open cases: {cases}.</translation>
    </message>
    <message>
        <source>No calibration is due soon.</source>
        <translation>No calibration is due soon.</translation>
    </message>
    <message>
        <source>Every tool is serviceable.</source>
        <translation>Every tool is serviceable.</translation>
    </message>
    <message>
        <source>No tool is spare. New ones come in with a list or by a swap.</source>
        <translation>No tool is spare. New ones come in with a list or by a swap.</translation>
    </message>
    <message>
        <source>Kit or marking</source>
        <translation>Kit or marking</translation>
    </message>
    <message>
        <source>More cases: {count}. Search for the one you mean.</source>
        <translation>More cases: {count}. Search for the one you mean.</translation>
    </message>
    <message>
        <source>Without: {what}</source>
        <translation>Without: {what}</translation>
    </message>
    <message>
        <source>Search: kit, name, work order, marking, note…</source>
        <translation>Search: kit, name, work order, marking, note…</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Search the history</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Operations</translation>
    </message>
    <message>
        <source>{station}: {case}</source>
        <translation>{station}: {case}</translation>
    </message>
    <message>
        <source>Searched, concluded and released there. Here it only keeps the kit in.</source>
        <translation>Searched, concluded and released there. Here it only keeps the kit in.</translation>
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
    <message>
        <source>the centre</source>
        <translation>the centre</translation>
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
        <source>{operation} · kit {kit}</source>
        <translation>{operation} · kit {kit}</translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation>Note: {note}</translation>
    </message>
    <message>
        <source>extra</source>
        <translation>extra</translation>
    </message>
    <message>
        <source>Counted by hand, without a photo.</source>
        <translation>Counted by hand, without a photo.</translation>
    </message>
    <message>
        <source>Looking it up…</source>
        <translation>Looking it up…</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Boxes</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Whole photo</translation>
    </message>
    <message>
        <source>Photo of the table</source>
        <translation>Photo of the table</translation>
    </message>
    <message>
        <source>Reading the photo…</source>
        <translation>Reading the photo…</translation>
    </message>
    <message>
        <source>Lost-tool case {number}</source>
        <translation>Lost-tool case {number}</translation>
    </message>
    <message>
        <source>Operation at the other end: {what}</source>
        <translation>Operation at the other end: {what}</translation>
    </message>
    <message>
        <source>History of kit {kit}</source>
        <translation>History of kit {kit}</translation>
    </message>
    <message>
        <source>History of {name}</source>
        <translation>History of {name}</translation>
    </message>
    <message>
        <source>Tools of kit {kit}</source>
        <translation>Tools of kit {kit}</translation>
    </message>
    <message>
        <source>Recorded at: {station}. It is counted, corrected and verified there.</source>
        <translation>Recorded at: {station}. It is counted, corrected and verified there.</translation>
    </message>
    <message>
        <source>Recorded at this station. To count or correct, choose “This station” in the history.</source>
        <translation>Recorded at this station. To count or correct, choose “This station” in the history.</translation>
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
    <name>OutPage</name>
    <message>
        <source>The kit is not issued until another tool is put into the empty place. To replace it now, swap.</source>
        <translation>The kit is not issued until another tool is put into the empty place. To replace it now, swap.</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Kit {kit} stays in the toolroom: it is not complete.</source>
        <translation>Kit {kit} stays in the toolroom: it is not complete.</translation>
    </message>
    <message>
        <source>Stays out with {holder}: {tools}.</source>
        <translation>Stays out with {holder}: {tools}.</translation>
    </message>
    <message>
        <source>Lost-tool case opened: {cases}. Begin the search now.</source>
        <translation>Lost-tool case opened: {cases}. Begin the search now.</translation>
    </message>
    <message>
        <source>The count by hand is still owed.</source>
        <translation>The count by hand is still owed.</translation>
    </message>
    <message>
        <source>Issued nevertheless, signed by:</source>
        <translation>Issued nevertheless, signed by:</translation>
    </message>
    <message>
        <source>Was with {holder} · brought back by {person}</source>
        <translation>Was with {holder} · brought back by {person}</translation>
    </message>
    <message>
        <source>Not known here to be out; its checkout is added by itself.</source>
        <translation>Not known here to be out; its checkout is added by itself.</translation>
    </message>
    <message>
        <source>Not known here to be out; its checkout was added since.</source>
        <translation>Not known here to be out; its checkout was added since.</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>disabled</source>
        <translation>disabled</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>expired</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>locked</translation>
    </message>
    <message>
        <source>no PIN</source>
        <translation>no PIN</translation>
    </message>
    <message>
        <source>PIN to be changed</source>
        <translation>PIN to be changed</translation>
    </message>
    <message>
        <source>active</source>
        <translation>active</translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message>
        <source>People</source>
        <translation>People</translation>
    </message>
    <message>
        <source>Scan a badge, or type a name or a number</source>
        <translation>Scan a badge, or type a name or a number</translation>
    </message>
    <message>
        <source>Search for a person</source>
        <translation>Search for a person</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>The two PINs differ. Type both again.</source>
        <translation>The two PINs differ. Type both again.</translation>
    </message>
    <message>
        <source>{name} is added. Give a PIN now, or later with “New PIN”.</source>
        <translation>{name} is added. Give a PIN now, or later with “New PIN”.</translation>
    </message>
    <message>
        <source>Changed: {name}.</source>
        <translation>Changed: {name}.</translation>
    </message>
    <message>
        <source>{name} signs in with this PIN once and must then choose another one.</source>
        <translation>{name} signs in with this PIN once and must then choose another one.</translation>
    </message>
    <message>
        <source>{name} can sign in again, with the same PIN.</source>
        <translation>{name} can sign in again, with the same PIN.</translation>
    </message>
    <message>
        <source>{name} cannot sign in any more.</source>
        <translation>{name} cannot sign in any more.</translation>
    </message>
    <message>
        <source>{name} can sign in again.</source>
        <translation>{name} can sign in again.</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Disable</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Enable</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Give this PIN</source>
        <translation>Give this PIN</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Yes, disable</source>
        <translation>Yes, disable</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Nobody matches. Clear the field to see everybody, or add a person.</source>
        <translation>Nobody matches. Clear the field to see everybody, or add a person.</translation>
    </message>
    <message>
        <source>Kits in this person&apos;s custody: {kits}. They stay there until they are returned or handed over.</source>
        <translation>Kits in this person&apos;s custody: {kits}. They stay there until they are returned or handed over.</translation>
    </message>
    <message>
        <source>Disable {name}? Nobody can sign in or sign with this badge then.</source>
        <translation>Disable {name}? Nobody can sign in or sign with this badge then.</translation>
    </message>
    <message>
        <source>A new PIN</source>
        <translation>A new PIN</translation>
    </message>
    <message>
        <source>{name} signs in with it once and must then choose another one. Tell it to nobody else.</source>
        <translation>{name} signs in with it once and must then choose another one. Tell it to nobody else.</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>The same PIN again</translation>
    </message>
    <message>
        <source>PIN, {least} to {most} digits</source>
        <translation>PIN, {least} to {most} digits</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
</context>
<context>
    <name>PeopleTableModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Last day</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>Change a person</source>
        <translation>Change a person</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Badge</translation>
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
        <source>Last day of the account</source>
        <translation>Last day of the account</translation>
    </message>
    <message>
        <source>As 31.12.2026 or 2026-12-31. Empty: without end.</source>
        <translation>As 31.12.2026 or 2026-12-31. Empty: without end.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Role</translation>
    </message>
</context>
<context>
    <name>PhotoPage</name>
    <message>
        <source>Waiting for the camera ...</source>
        <translation>Waiting for the camera ...</translation>
    </message>
</context>
<context>
    <name>PhotoPair</name>
    <message>
        <source>Counted by hand, without a photo.</source>
        <translation>Counted by hand, without a photo.</translation>
    </message>
    <message>
        <source>Loading the photo…</source>
        <translation>Loading the photo…</translation>
    </message>
    <message>
        <source>At checkout</source>
        <translation>At checkout</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Now, without: {names}</source>
        <translation>Now, without: {names}</translation>
    </message>
    <message>
        <source>There is no photo of the checkout.</source>
        <translation>There is no photo of the checkout.</translation>
    </message>
    <message>
        <source>At checkout, {station}</source>
        <translation>At checkout, {station}</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>The two PINs differ. Type the new PIN twice once more.</source>
        <translation>The two PINs differ. Type the new PIN twice once more.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>Change the PIN</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Your PIN is changed</source>
        <translation>Your PIN is changed</translation>
    </message>
    <message>
        <source>Change your PIN</source>
        <translation>Change your PIN</translation>
    </message>
    <message>
        <source>Sign in and sign with the new PIN from now on.</source>
        <translation>Sign in and sign with the new PIN from now on.</translation>
    </message>
    <message>
        <source>Somebody else gave you this PIN. Choose one that only you know; then you can go on.</source>
        <translation>Somebody else gave you this PIN. Choose one that only you know; then you can go on.</translation>
    </message>
    <message>
        <source>Choose one that only you know.</source>
        <translation>Choose one that only you know.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>The PIN that you have now</source>
        <translation>The PIN that you have now</translation>
    </message>
    <message>
        <source>New PIN, {least} to {most} digits</source>
        <translation>New PIN, {least} to {most} digits</translation>
    </message>
    <message>
        <source>The new PIN once more</source>
        <translation>The new PIN once more</translation>
    </message>
</context>
<context>
    <name>PlacePage</name>
    <message>
        <source>A tool that is new here</source>
        <translation>A tool that is new here</translation>
    </message>
    <message>
        <source>No spare tool of this kind is serviceable and calibrated.</source>
        <translation>No spare tool of this kind is serviceable and calibrated.</translation>
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
    <name>Positions</name>
    <message>
        <source>Recognised</source>
        <translation>Recognised</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Counted</translation>
    </message>
    <message>
        <source>extra</source>
        <translation>extra</translation>
    </message>
    <message>
        <source>as recognised</source>
        <translation>as recognised</translation>
    </message>
    <message>
        <source>Photo of this tool</source>
        <translation>Photo of this tool</translation>
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
    <name>Questions</name>
    <message>
        <source>Seen by the station: {count}</source>
        <translation>Seen by the station: {count}</translation>
    </message>
    <message>
        <source>Not in the kit since the checkout: {names}</source>
        <translation>Not in the kit since the checkout: {names}</translation>
    </message>
    <message>
        <source>more…</source>
        <translation>more…</translation>
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
</context>
<context>
    <name>ReasonField</name>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Goes into the journal</source>
        <translation>Goes into the journal</translation>
    </message>
</context>
<context>
    <name>RemarkPage</name>
    <message>
        <source>What is engraved on it</source>
        <translation>What is engraved on it</translation>
    </message>
    <message>
        <source>Scan or type</source>
        <translation>Scan or type</translation>
    </message>
    <message>
        <source>What is the matter with it</source>
        <translation>What is the matter with it</translation>
    </message>
    <message>
        <source>Remove the photo</source>
        <translation>Remove the photo</translation>
    </message>
    <message>
        <source>Photo of the tool</source>
        <translation>Photo of the tool</translation>
    </message>
    <message>
        <source>Take another photo</source>
        <translation>Take another photo</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Take a photo</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>There is no picture from the camera.</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Report a missing tool</source>
        <translation>Report a missing tool</translation>
    </message>
    <message>
        <source>Which kit? Scan its label or type its number</source>
        <translation>Which kit? Scan its label or type its number</translation>
    </message>
    <message>
        <source>What happened?</source>
        <translation>What happened?</translation>
    </message>
    <message>
        <source>Where was it used or seen last?</source>
        <translation>Where was it used or seen last?</translation>
    </message>
    <message>
        <source>What is missing?</source>
        <translation>What is missing?</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Only a piece broke off and is missing</source>
        <translation>Only a piece broke off and is missing</translation>
    </message>
    <message>
        <source>The whole kit</source>
        <translation>The whole kit</translation>
    </message>
</context>
<context>
    <name>ReportsScreen</name>
    <message>
        <source>Reports</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>Print ...</source>
        <translation>Print ...</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Page back</source>
        <translation>Page back</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>Save as {format}</source>
        <translation>Save as {format}</translation>
    </message>
    <message>
        <source>Making the report ...</source>
        <translation>Making the report ...</translation>
    </message>
    <message>
        <source>Saving ...</source>
        <translation>Saving ...</translation>
    </message>
    <message>
        <source>Printing ...</source>
        <translation>Printing ...</translation>
    </message>
    <message>
        <source>Nothing happened in this time.</source>
        <translation>Nothing happened in this time.</translation>
    </message>
    <message>
        <source>Say on the left what the report is about.</source>
        <translation>Say on the left what the report is about.</translation>
    </message>
    <message>
        <source>Show {day}, the nearest day with operations</source>
        <translation>Show {day}, the nearest day with operations</translation>
    </message>
    <message>
        <source>Page {page} of {pages} · touch it to enlarge it</source>
        <translation>Page {page} of {pages} · touch it to enlarge it</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Save the report</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>This shift</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 days</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>All time</translation>
    </message>
    <message>
        <source>Days ...</source>
        <translation>Days ...</translation>
    </message>
    <message>
        <source>Which kit? Scan its label or type its number</source>
        <translation>Which kit? Scan its label or type its number</translation>
    </message>
    <message>
        <source>Which tool? Scan it or type its marking</source>
        <translation>Which tool? Scan it or type its marking</translation>
    </message>
    <message>
        <source>Whose badge?</source>
        <translation>Whose badge?</translation>
    </message>
    <message>
        <source>Kit (empty: all)</source>
        <translation>Kit (empty: all)</translation>
    </message>
    <message>
        <source>Tool (empty: all)</source>
        <translation>Tool (empty: all)</translation>
    </message>
    <message>
        <source>Badge (empty: everybody)</source>
        <translation>Badge (empty: everybody)</translation>
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
    <message>
        <source>marking {marking}</source>
        <translation>marking {marking}</translation>
    </message>
    <message>
        <source>read: {marking}</source>
        <translation>read: {marking}</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>photo</translation>
    </message>
    <message>
        <source>IN PART</source>
        <translation>IN PART</translation>
    </message>
    <message>
        <source>The kit stays here. With a signature of: {roles} it goes out.</source>
        <translation>The kit stays here. With a signature of: {roles} it goes out.</translation>
    </message>
    <message>
        <source>{tool} {marking} was scanned already.</source>
        <translation>{tool} {marking} was scanned already.</translation>
    </message>
    <message>
        <source>{tool} belongs to kit {kit}.</source>
        <translation>{tool} belongs to kit {kit}.</translation>
    </message>
    <message>
        <source>{tool} is a spare tool of no kit.</source>
        <translation>{tool} is a spare tool of no kit.</translation>
    </message>
    <message>
        <source>Take it away from here.</source>
        <translation>Take it away from here.</translation>
    </message>
    <message>
        <source>If it lies in the place of ours, touch “wrong one”.</source>
        <translation>If it lies in the place of ours, touch “wrong one”.</translation>
    </message>
    <message>
        <source>No tool {code} is recorded; {belongs} belongs here. Another tool? Touch “wrong one”.</source>
        <translation>No tool {code} is recorded; {belongs} belongs here. Another tool? Touch “wrong one”.</translation>
    </message>
    <message>
        <source>{code} is noted as the marking of: {tool}.</source>
        <translation>{code} is noted as the marking of: {tool}.</translation>
    </message>
    <message>
        <source>No tool {code} is recorded at this station.</source>
        <translation>No tool {code} is recorded at this station.</translation>
    </message>
    <message>
        <source>Whoever hands the kit over signs</source>
        <translation>Whoever hands the kit over signs</translation>
    </message>
    <message>
        <source>Whoever has the kit hands it over and signs</source>
        <translation>Whoever has the kit hands it over and signs</translation>
    </message>
    <message>
        <source>A second person signs the count</source>
        <translation>A second person signs the count</translation>
    </message>
    <message>
        <source>The kit goes out nevertheless</source>
        <translation>The kit goes out nevertheless</translation>
    </message>
    <message>
        <source>The kit goes out in spite of an open case</source>
        <translation>The kit goes out in spite of an open case</translation>
    </message>
    <message>
        <source>May sign: {roles}.</source>
        <translation>May sign: {roles}.</translation>
    </message>
    <message>
        <source>May sign: {holder}, or a storekeeper.</source>
        <translation>May sign: {holder}, or a storekeeper.</translation>
    </message>
    <message>
        <source>Kit {kit}.</source>
        <translation>Kit {kit}.</translation>
    </message>
    <message>
        <source>The count found it incomplete.</source>
        <translation>The count found it incomplete.</translation>
    </message>
    <message>
        <source>It goes out nevertheless, signed by {name}</source>
        <translation>It goes out nevertheless, signed by {name}</translation>
    </message>
    <message>
        <source>What stays out remains with {holder}</source>
        <translation>What stays out remains with {holder}</translation>
    </message>
    <message>
        <source>With {holder} · taken over by {person}</source>
        <translation>With {holder} · taken over by {person}</translation>
    </message>
    <message>
        <source>With {holder} · brought back by {person}</source>
        <translation>With {holder} · brought back by {person}</translation>
    </message>
    <message>
        <source>{what} is no tool. Scan the tools of this kit.</source>
        <translation>{what} is no tool. Scan the tools of this kit.</translation>
    </message>
    <message>
        <source>This station does not know that the kit is out. It is counted against its whole list; the checkout is added when it is known.</source>
        <translation>This station does not know that the kit is out. It is counted against its whole list; the checkout is added when it is known.</translation>
    </message>
    <message>
        <source>Handed out by {station}</source>
        <translation>Handed out by {station}</translation>
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
        <source>Confirm</source>
        <translation>Confirm</translation>
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
        <source>Issue nevertheless…</source>
        <translation>Issue nevertheless…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>SavedPage</name>
    <message>
        <source>No search is saved yet. Choose filters, come back here and give them a name.</source>
        <translation>No search is saved yet. Choose filters, come back here and give them a name.</translation>
    </message>
    <message>
        <source>Save what you look for now</source>
        <translation>Save what you look for now</translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation>Name of the search</translation>
    </message>
    <message>
        <source>Save for me</source>
        <translation>Save for me</translation>
    </message>
    <message>
        <source>Save for everybody here</source>
        <translation>Save for everybody here</translation>
    </message>
    <message>
        <source>Forget this search</source>
        <translation>Forget this search</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Saved searches</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>everybody</translation>
    </message>
    <message>
        <source>All operations</source>
        <translation>All operations</translation>
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
    <message>
        <source>Not issued</source>
        <translation>Not issued</translation>
    </message>
    <message>
        <source>In part</source>
        <translation>In part</translation>
    </message>
</context>
<context>
    <name>Scan</name>
    <message>
        <source>{what}. Sign in with your badge first.</source>
        <translation>{what}. Sign in with your badge first.</translation>
    </message>
    <message>
        <source>{what}. Finish or leave this page first, then scan it again.</source>
        <translation>{what}. Finish or leave this page first, then scan it again.</translation>
    </message>
    <message>
        <source>Kit {name}</source>
        <translation>Kit {name}</translation>
    </message>
    <message>
        <source>Tool {name}</source>
        <translation>Tool {name}</translation>
    </message>
    <message>
        <source>Badge {badge}: {name}</source>
        <translation>Badge {badge}: {name}</translation>
    </message>
    <message>
        <source>Case {name}</source>
        <translation>Case {name}</translation>
    </message>
    <message>
        <source>Operation with kit {name}</source>
        <translation>Operation with kit {name}</translation>
    </message>
    <message>
        <source>Report on {name}</source>
        <translation>Report on {name}</translation>
    </message>
    <message>
        <source>Hash of its data: {sha256}</source>
        <translation>Hash of its data: {sha256}</translation>
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
        <source>belongs to kit {kit}</source>
        <translation>belongs to kit {kit}</translation>
    </message>
    <message>
        <source>a spare tool</source>
        <translation>a spare tool</translation>
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
    <name>ShiftScreen</name>
    <message>
        <source>Number, toolkit or name</source>
        <translation>Number, toolkit or name</translation>
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
        <source>Tick off one by one</source>
        <translation>Tick off one by one</translation>
    </message>
    <message>
        <source>This station has no kits yet. Whoever keeps the catalogue adds them.</source>
        <translation>This station has no kits yet. Whoever keeps the catalogue adds them.</translation>
    </message>
    <message>
        <source>No kit matches. Check the number, or clear the field.</source>
        <translation>No kit matches. Check the number, or clear the field.</translation>
    </message>
    <message>
        <source>No kit is left here. Choose “All” to see every kit.</source>
        <translation>No kit is left here. Choose “All” to see every kit.</translation>
    </message>
    <message>
        <source>{seen} of {count} seen</source>
        <translation>{seen} of {count} seen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>The shift has ended</source>
        <translation>The shift has ended</translation>
    </message>
    <message>
        <source>The shift has begun</source>
        <translation>The shift has begun</translation>
    </message>
    <message>
        <source>End of the shift</source>
        <translation>End of the shift</translation>
    </message>
    <message>
        <source>Start of a shift</source>
        <translation>Start of a shift</translation>
    </message>
    <message>
        <source>Looking up where the kits are…</source>
        <translation>Looking up where the kits are…</translation>
    </message>
    <message>
        <source>All: {count}</source>
        <translation>All: {count}</translation>
    </message>
    <message>
        <source>Out: {count}</source>
        <translation>Out: {count}</translation>
    </message>
    <message>
        <source>To explain: {count}</source>
        <translation>To explain: {count}</translation>
    </message>
    <message>
        <source>Not seen: {count}</source>
        <translation>Not seen: {count}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>End the shift</source>
        <translation>End the shift</translation>
    </message>
    <message>
        <source>Begin the shift</source>
        <translation>Begin the shift</translation>
    </message>
    <message>
        <source>Explain: {count}</source>
        <translation>Explain: {count}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>searched for, case {case}</source>
        <translation>searched for, case {case}</translation>
    </message>
    <message>
        <source>in the store</source>
        <translation>in the store</translation>
    </message>
    <message>
        <source>out: {name}</source>
        <translation>out: {name}</translation>
    </message>
    <message>
        <source>out: {name}, overdue since {when}</source>
        <translation>out: {name}, overdue since {when}</translation>
    </message>
    <message>
        <source>out: {name}, until {when}</source>
        <translation>out: {name}, until {when}</translation>
    </message>
    <message>
        <source>It is not where the records say. What happened?</source>
        <translation>It is not where the records say. What happened?</translation>
    </message>
    <message>
        <source>It is overdue. Why is it still out?</source>
        <translation>It is overdue. Why is it still out?</translation>
    </message>
    <message>
        <source>It stays out over the end of the shift, and nobody said until when. What for?</source>
        <translation>It stays out over the end of the shift, and nobody said until when. What for?</translation>
    </message>
    <message>
        <source>Signing opens a case. The kit is not issued until it ends.</source>
        <translation>Signing opens a case. The kit is not issued until it ends.</translation>
    </message>
    <message>
        <source>It stays recorded as out until somebody brings it back by a checkin.</source>
        <translation>It stays recorded as out until somebody brings it back by a checkin.</translation>
    </message>
    <message>
        <source>The case stays open until the quality department ends it.</source>
        <translation>The case stays open until the quality department ends it.</translation>
    </message>
    <message>
        <source>to be explained</source>
        <translation>to be explained</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Here</translation>
    </message>
    <message>
        <source>Still out</source>
        <translation>Still out</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>No shift runs</source>
        <translation>No shift runs</translation>
    </message>
    <message>
        <source>It runs since {when}, begun by {name}</source>
        <translation>It runs since {when}, begun by {name}</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>lost</translation>
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
    <name>SignPage</name>
    <message numerus="yes">
        <source>%n kit(s) in the store</source>
        <translation>
            <numerusform>%n kit in the store</numerusform>
            <numerusform>%n kits in the store</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kit(s) out</source>
        <translation>
            <numerusform>%n kit out</numerusform>
            <numerusform>%n kits out</numerusform>
        </translation>
    </message>
    <message>
        <source>{seen} of {count} ticked off one by one</source>
        <translation>{seen} of {count} ticked off one by one</translation>
    </message>
    <message>
        <source>For the others the records stand.</source>
        <translation>For the others the records stand.</translation>
    </message>
    <message>
        <source>Otherwise than recorded: {kit}</source>
        <translation>Otherwise than recorded: {kit}</translation>
    </message>
    <message>
        <source>Not to be found: {kit}</source>
        <translation>Not to be found: {kit}</translation>
    </message>
    <message>
        <source>Cases opened: {numbers}</source>
        <translation>Cases opened: {numbers}</translation>
    </message>
    <message>
        <source>Out and explained: {kits}</source>
        <translation>Out and explained: {kits}</translation>
    </message>
    <message>
        <source>Signed: {name}</source>
        <translation>Signed: {name}</translation>
    </message>
    <message>
        <source>Where somebody hands the store over to you, or takes it over, they sign here too.</source>
        <translation>Where somebody hands the store over to you, or takes it over, they sign here too.</translation>
    </message>
    <message>
        <source>The other person signs</source>
        <translation>The other person signs</translation>
    </message>
    <message>
        <source>With the signature they confirm this inventory of the kits.</source>
        <translation>With the signature they confirm this inventory of the kits.</translation>
    </message>
    <message>
        <source>Second signature</source>
        <translation>Second signature</translation>
    </message>
    <message>
        <source>Another person signs too</source>
        <translation>Another person signs too</translation>
    </message>
    <message numerus="yes">
        <source>%n kit(s) known to be missing</source>
        <translation>
            <numerusform>%n kit known to be missing</numerusform>
            <numerusform>%n kits known to be missing</numerusform>
        </translation>
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
    <name>Snapshot</name>
    <message>
        <source>Photo, if it helps</source>
        <translation>Photo, if it helps</translation>
    </message>
    <message>
        <source>Remove the photo</source>
        <translation>Remove the photo</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Take a photo</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>There is no picture from the camera.</translation>
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
    <name>StatePage</name>
    <message>
        <source>Nobody changes this state by hand: a lost tool comes back with its case, a retired one never.</source>
        <translation>Nobody changes this state by hand: a lost tool comes back with its case, a retired one never.</translation>
    </message>
</context>
<context>
    <name>StationSwitch</name>
    <message>
        <source>This station</source>
        <translation>This station</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>All stations</translation>
    </message>
    <message>
        <source>Whose records are shown</source>
        <translation>Whose records are shown</translation>
    </message>
</context>
<context>
    <name>Stations</name>
    <message>
        <source>Shown: this station&apos;s records.</source>
        <translation>Shown: this station&apos;s records.</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>yesterday {time}</translation>
    </message>
    <message>
        <source>All stations as of {when}</source>
        <translation>All stations as of {when}</translation>
    </message>
    <message>
        <source>All stations, not complete yet: {held} of {all} entries are here</source>
        <translation>All stations, not complete yet: {held} of {all} entries are here</translation>
    </message>
    <message>
        <source>All stations, not complete yet: they come from the centre</source>
        <translation>All stations, not complete yet: they come from the centre</translation>
    </message>
    <message>
        <source>no connection to the centre</source>
        <translation>no connection to the centre</translation>
    </message>
    <message>
        <source>no connection since {when}</source>
        <translation>no connection since {when}</translation>
    </message>
    <message>
        <source>the journal of {stations} does not hold at the centre</source>
        <translation>the journal of {stations} does not hold at the centre</translation>
    </message>
    <message>
        <source>the journals of {stations} do not hold at the centre</source>
        <translation>the journals of {stations} do not hold at the centre</translation>
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
    <message>
        <source>Found</source>
        <translation>Found</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Not found</translation>
    </message>
    <message>
        <source>It counts as lost only after two people have searched, each in their own name.</source>
        <translation>It counts as lost only after two people have searched, each in their own name.</translation>
    </message>
    <message>
        <source>Where was it found?</source>
        <translation>Where was it found?</translation>
    </message>
    <message>
        <source>Where was searched?</source>
        <translation>Where was searched?</translation>
    </message>
    <message>
        <source>What came of it?</source>
        <translation>What came of it?</translation>
    </message>
    <message>
        <source>What is to be remembered?</source>
        <translation>What is to be remembered?</translation>
    </message>
    <message>
        <source>Anything to add?</source>
        <translation>Anything to add?</translation>
    </message>
    <message>
        <source>Why is the aircraft safe?</source>
        <translation>Why is the aircraft safe?</translation>
    </message>
    <message>
        <source>Why is it searched for again?</source>
        <translation>Why is it searched for again?</translation>
    </message>
</context>
<context>
    <name>SyncIndicator</name>
    <message>
        <source>Exchange with the centre</source>
        <translation>Exchange with the centre</translation>
    </message>
</context>
<context>
    <name>SyncScreen</name>
    <message>
        <source>Exchange with the centre</source>
        <translation>Exchange with the centre</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>Choose the enrolment file</source>
        <translation>Choose the enrolment file</translation>
    </message>
    <message>
        <source>Another enrolment file</source>
        <translation>Another enrolment file</translation>
    </message>
    <message>
        <source>This station belongs to no centre</source>
        <translation>This station belongs to no centre</translation>
    </message>
    <message>
        <source>It works by itself, and everything is kept here. A centre gathers the records of all stations and keeps them should this computer be lost.</source>
        <translation>It works by itself, and everything is kept here. A centre gathers the records of all stations and keeps them should this computer be lost.</translation>
    </message>
    <message>
        <source>To let it belong to one: have the centre&apos;s administrator add a site for it (toolroom central add-site), bring the enrolment file here, and choose it. It counts at once; delete the file then.</source>
        <translation>To let it belong to one: have the centre&apos;s administrator add a site for it (toolroom central add-site), bring the enrolment file here, and choose it. It counts at once; delete the file then.</translation>
    </message>
    <message>
        <source>An administrator of this station sets that up, on this page.</source>
        <translation>An administrator of this station sets that up, on this page.</translation>
    </message>
    <message>
        <source>Asking the centre whether it lets this station in…</source>
        <translation>Asking the centre whether it lets this station in…</translation>
    </message>
    <message>
        <source>Syncing… You may go on working meanwhile.</source>
        <translation>Syncing… You may go on working meanwhile.</translation>
    </message>
    <message>
        <source>The centre cannot be reached</source>
        <translation>The centre cannot be reached</translation>
    </message>
    <message>
        <source>The centre cannot be reached, since {when}</source>
        <translation>The centre cannot be reached, since {when}</translation>
    </message>
    <message>
        <source>Everything recorded here is at the centre</source>
        <translation>Everything recorded here is at the centre</translation>
    </message>
    <message>
        <source>Something waits for the centre</source>
        <translation>Something waits for the centre</translation>
    </message>
    <message>
        <source>Somebody must look at this</source>
        <translation>Somebody must look at this</translation>
    </message>
    <message>
        <source>It goes by itself; nobody need do anything.</source>
        <translation>It goes by itself; nobody need do anything.</translation>
    </message>
    <message>
        <source>Go on working: everything is kept here and goes by itself.</source>
        <translation>Go on working: everything is kept here and goes by itself.</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>Entries that wait</source>
        <translation>Entries that wait</translation>
    </message>
    <message>
        <source>Photos that wait</source>
        <translation>Photos that wait</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>Last success</translation>
    </message>
    <message>
        <source>never yet</source>
        <translation>never yet</translation>
    </message>
    <message>
        <source>Set apart at the centre</source>
        <translation>Set apart at the centre</translation>
    </message>
    <message>
        <source>Clock of this station</source>
        <translation>Clock of this station</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message>
        <source>{span} ahead of the centre&apos;s. Set it right.</source>
        <translation>{span} ahead of the centre&apos;s. Set it right.</translation>
    </message>
    <message>
        <source>{span} behind the centre&apos;s. Set it right.</source>
        <translation>{span} behind the centre&apos;s. Set it right.</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>Enrolment</translation>
    </message>
    <message>
        <source>in this computer&apos;s key store</source>
        <translation>in this computer&apos;s key store</translation>
    </message>
    <message>
        <source>in a file of the data folder, for want of a key store; nobody else may read that folder</source>
        <translation>in a file of the data folder, for want of a key store; nobody else may read that folder</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>This station there</source>
        <translation>This station there</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Here</translation>
    </message>
    <message>
        <source>At the centre alone</source>
        <translation>At the centre alone</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>{count} ({megabytes} MB)</source>
        <translation>{count} ({megabytes} MB)</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>{count} min ago</translation>
    </message>
    <message>
        <source>{count} h ago</source>
        <translation>{count} h ago</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>{count} days ago</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>Not taken over from the centre</source>
        <translation>Not taken over from the centre</translation>
    </message>
    <message>
        <source>Model of the centre</source>
        <translation>Model of the centre</translation>
    </message>
    <message>
        <source>refused here; why is said above</source>
        <translation>refused here; why is said above</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>Centre: needs</source>
        <translation>Centre: needs</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>attention</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>since {when}</source>
        <translation>since {when}</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Not synced yet</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>Synced</translation>
    </message>
    <message>
        <source>{count} pending</source>
        <translation>{count} pending</translation>
    </message>
</context>
<context>
    <name>TablePage</name>
    <message>
        <source>Columns with a mark are shown, in this order. They are remembered for you.</source>
        <translation>Columns with a mark are shown, in this order. They are remembered for you.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>Further left</source>
        <translation>Further left</translation>
    </message>
    <message>
        <source>Further right</source>
        <translation>Further right</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>As at first</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Oldest first</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Newest first</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>Hide this column</translation>
    </message>
    <message>
        <source>Show this column</source>
        <translation>Show this column</translation>
    </message>
</context>
<context>
    <name>ToolForm</name>
    <message>
        <source>Calibration: the last day on which it is good, as 31.03.2027; empty for none.</source>
        <translation>Calibration: the last day on which it is good, as 31.03.2027; empty for none.</translation>
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
    <message>
        <source>spare, in no kit</source>
        <translation>spare, in no kit</translation>
    </message>
    <message>
        <source>needs none</source>
        <translation>needs none</translation>
    </message>
    <message>
        <source>Fetching the photo ...</source>
        <translation>Fetching the photo ...</translation>
    </message>
    <message>
        <source>The journal says nothing about this tool yet.</source>
        <translation>The journal says nothing about this tool yet.</translation>
    </message>
</context>
<context>
    <name>ToolTableModel</name>
    <message>
        <source>Tool</source>
        <translation>Tool</translation>
    </message>
    <message>
        <source>Marking</source>
        <translation>Marking</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Calibration</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>not written down</source>
        <translation>not written down</translation>
    </message>
</context>
<context>
    <name>ToolWords</name>
    <message>
        <source>serviceable</source>
        <translation>serviceable</translation>
    </message>
    <message>
        <source>unserviceable</source>
        <translation>unserviceable</translation>
    </message>
    <message>
        <source>in repair</source>
        <translation>in repair</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>lost</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>retired</translation>
    </message>
    <message>
        <source>over since {day}</source>
        <translation>over since {day}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>until {day}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>Kit</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Part number</source>
        <translation>Part number</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>Marking</source>
        <translation>Marking</translation>
    </message>
    <message>
        <source>Calibration until</source>
        <translation>Calibration until</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Written down</source>
        <translation>Written down</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>Swapped</source>
        <translation>Swapped</translation>
    </message>
    <message>
        <source>Taken out of its kit</source>
        <translation>Taken out of its kit</translation>
    </message>
    <message>
        <source>Put into a kit</source>
        <translation>Put into a kit</translation>
    </message>
    <message>
        <source>Taken in from a list</source>
        <translation>Taken in from a list</translation>
    </message>
    <message>
        <source>Case {case} opened</source>
        <translation>Case {case} opened</translation>
    </message>
    <message>
        <source>missing at a count</source>
        <translation>missing at a count</translation>
    </message>
    <message>
        <source>damaged at a count</source>
        <translation>damaged at a count</translation>
    </message>
    <message>
        <source>broken at a count, a piece is missing</source>
        <translation>broken at a count, a piece is missing</translation>
    </message>
    <message>
        <source>another tool lay in its place at a count</source>
        <translation>another tool lay in its place at a count</translation>
    </message>
    <message>
        <source>{day}
ends soon</source>
        <translation>{day}
ends soon</translation>
    </message>
</context>
<context>
    <name>ToolsScreen</name>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Put a tool in</source>
        <translation>Put a tool in</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Take out</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Swap</translation>
    </message>
    <message>
        <source>Data of {tool}</source>
        <translation>Data of {tool}</translation>
    </message>
    <message>
        <source>Write a tool down: {tool}</source>
        <translation>Write a tool down: {tool}</translation>
    </message>
    <message>
        <source>What state is {tool} in now?</source>
        <translation>What state is {tool} in now?</translation>
    </message>
    <message>
        <source>What takes the place of {tool}?</source>
        <translation>What takes the place of {tool}?</translation>
    </message>
    <message>
        <source>Which {tool} goes in?</source>
        <translation>Which {tool} goes in?</translation>
    </message>
    <message>
        <source>Why does {tool} leave its kit?</source>
        <translation>Why does {tool} leave its kit?</translation>
    </message>
    <message>
        <source>Lay {tool} before the camera</source>
        <translation>Lay {tool} before the camera</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) taken in from the list.</source>
        <translation>
            <numerusform>%n tool taken in from the list.</numerusform>
            <numerusform>%n tools taken in from the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) written to {path}</source>
        <translation>
            <numerusform>%n tool written to {path}</numerusform>
            <numerusform>%n tools written to {path}</numerusform>
        </translation>
    </message>
    <message>
        <source>Write down</source>
        <translation>Write down</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Put in</source>
        <translation>Put in</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Photograph</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>Take in</translation>
    </message>
    <message>
        <source>Import tools</source>
        <translation>Import tools</translation>
    </message>
    <message>
        <source>Export tools</source>
        <translation>Export tools</translation>
    </message>
    <message>
        <source>Lists (*.xlsx *.csv);;Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Lists (*.xlsx *.csv);;Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
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
    <message>
        <source>Change my PIN</source>
        <translation>Change my PIN</translation>
    </message>
</context>
<context>
    <name>WhichScreen</name>
    <message>
        <source>“{code}” is the name of several things. Which one?</source>
        <translation>“{code}” is the name of several things. Which one?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
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
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operation</numerusform>
            <numerusform>%n operations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) not here yet</source>
        <translation>
            <numerusform>%n entry not here yet</numerusform>
            <numerusform>%n entries not here yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>%n day old</numerusform>
            <numerusform>%n days old</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) old</source>
        <translation>
            <numerusform>%n hour old</numerusform>
            <numerusform>%n hours old</numerusform>
        </translation>
    </message>
</context>
</TS>
