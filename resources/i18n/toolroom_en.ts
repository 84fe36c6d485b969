<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
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
        <source>Or scan the label of a kit: it is checked out or in at once.</source>
        <translation>Or scan the label of a kit: it is checked out or in at once.</translation>
    </message>
    <message>
        <source>You hold no kit. Press “Checkout” or scan the label of a kit.</source>
        <translation>You hold no kit. Press “Checkout” or scan the label of a kit.</translation>
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
    <name>MainWindow</name>
    <message>
        <source>Toolroom</source>
        <translation>Toolroom</translation>
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
        <source>Recognised</source>
        <translation>Recognised</translation>
    </message>
    <message>
        <source>Counted by hand</source>
        <translation>Counted by hand</translation>
    </message>
    <message>
        <source>extra</source>
        <translation>extra</translation>
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
        <source>Match</source>
        <translation>Match</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Final</translation>
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
</context>
</TS>
