<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_GB">
<context>
    <name>AdministratorPage</name>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Who looks after this station?</source>
        <translation>Кто отвечает за эту станцию?</translation>
    </message>
    <message>
        <source>Badge: scan or type</source>
        <translation>Пропуск: отсканируйте или введите</translation>
    </message>
    <message>
        <source>Surname and name</source>
        <translation>Фамилия, имя, отчество</translation>
    </message>
    <message>
        <source>PIN, {least} to {most} digits</source>
        <translation>ПИН-код, от {least} до {most} цифр</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>Тот же ПИН-код ещё раз</translation>
    </message>
    <message>
        <source>Add another administrator</source>
        <translation>Добавить ещё администратора</translation>
    </message>
    <message>
        <source>Answered already.</source>
        <translation>Уже известно.</translation>
    </message>
    <message>
        <source>An administrator adds people and kits, sets cameras and models, and looks after this station.</source>
        <translation>Администратор добавляет людей и комплекты, выбирает камеру и модель и следит за станцией.</translation>
    </message>
    <message>
        <source>Administrator: {who}</source>
        <translation>Администратор: {who}</translation>
    </message>
    <message>
        <source>The two PINs differ. Type both again.</source>
        <translation>ПИН-коды не совпадают. Введите оба заново.</translation>
    </message>
    <message>
        <source>Scan the badge, or type its number.</source>
        <translation>Отсканируйте пропуск или введите его номер.</translation>
    </message>
    <message>
        <source>Type the name.</source>
        <translation>Введите имя.</translation>
    </message>
    <message>
        <source>Type the same PIN once more, so that nobody is locked out by a slip.</source>
        <translation>Введите тот же ПИН-код ещё раз, чтобы опечатка никого не лишила входа.</translation>
    </message>
    <message>
        <source>Without an administrator nobody can sign in here and nobody can add people, kits or models. Later: this set-up comes up at every start until there is one, or type:
toolroom users add --role administrator --badge … --name …</source>
        <translation>Без администратора никто не сможет войти и некому будет добавлять людей, комплекты и модели. Позже: эта настройка открывается при каждом запуске, пока администратора нет, или наберите:
toolroom users add --role administrator --badge … --name …</translation>
    </message>
    <message>
        <source>Nobody can sign in yet. This set-up comes up at every start until there is an administrator; or type:
toolroom users add --role administrator --badge … --name …</source>
        <translation>Войти пока некому. Эта настройка открывается при каждом запуске, пока администратора нет; или наберите:
toolroom users add --role administrator --badge … --name …</translation>
    </message>
    <message>
        <source>An administrator adds other people under “People”, or with “toolroom users add”.</source>
        <translation>Других добавляет администратор: на экране «Сотрудники» или командой «toolroom users add».</translation>
    </message>
</context>
<context>
    <name>BlockedScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Sign and issue…</source>
        <translation>Подписать и выдать…</translation>
    </message>
    <message>
        <source>Whoever signs here answers for the issue. May sign: {roles}</source>
        <translation>Подписавший отвечает за выдачу. Подписать может: {roles}</translation>
    </message>
    <message>
        <source>Kit {kit} does not go out as it is</source>
        <translation>Комплект {kit} в таком виде не выдаётся</translation>
    </message>
    <message>
        <source>Do not lay the tools out yet. Put it right first, or let somebody who may sign for the issue.</source>
        <translation>Пока не раскладывайте инструмент. Сначала устраните причину, или пусть тот, кто вправе, подпишет выдачу.</translation>
    </message>
    <message>
        <source>May overrule: {roles}</source>
        <translation>Разрешить выдачу может: {roles}</translation>
    </message>
</context>
<context>
    <name>Blocks</name>
    <message>
        <source>case {case} is open: it is being searched for</source>
        <translation>открыт случай {case}: инструмент ищут</translation>
    </message>
    <message>
        <source>the calibration ended on {day}</source>
        <translation>поверка истекла {day}</translation>
    </message>
    <message>
        <source>unserviceable</source>
        <translation>неисправен</translation>
    </message>
    <message>
        <source>not in the kit: lost, in repair or taken out</source>
        <translation>нет в комплекте: утерян, в ремонте или вынут</translation>
    </message>
    <message>
        <source>the count found the kit incomplete</source>
        <translation>при подсчёте комплект оказался неполным</translation>
    </message>
    <message>
        <source>The whole kit</source>
        <translation>Весь комплект</translation>
    </message>
    <message>
        <source> or </source>
        <translation> или </translation>
    </message>
    <message>
        <source>case {case} of {station} is open: they search for it there</source>
        <translation>открыт случай {case} станции «{station}»: поиск ведут там</translation>
    </message>
</context>
<context>
    <name>BringBackScreen</name>
    <message>
        <source>The records of this station were restored from a backup. The centre has what the station sent since, and it can come back as long as nothing else is written here: not even a sign-in.</source>
        <translation>Записи этой станции восстановлены из копии. У центра есть то, что станция передала после неё, и это можно вернуть, пока здесь ничего больше не записано — даже вход.</translation>
    </message>
    <message>
        <source>An administrator of this station brings it back</source>
        <translation>Возвращает администратор этой станции</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Пропуск</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Закрыть программу</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Asking the centre what is lacking here…</source>
        <translation>Спрашиваем центр, чего здесь нет…</translation>
    </message>
    <message>
        <source>The centre has entries that are lacking here</source>
        <translation>У центра есть записи, которых здесь нет</translation>
    </message>
    <message>
        <source>Bringing back what is lacking…</source>
        <translation>Возвращаем недостающее…</translation>
    </message>
    <message>
        <source>The station can be started</source>
        <translation>Станцию можно запускать</translation>
    </message>
    <message>
        <source>The centre&apos;s entries cannot come back here</source>
        <translation>Вернуть записи из центра сюда нельзя</translation>
    </message>
    <message>
        <source>It did not come to an end</source>
        <translation>Закончить не удалось</translation>
    </message>
    <message>
        <source>Start the station</source>
        <translation>Запустить станцию</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>{done} of {total} entries</source>
        <translation>Записей: {done} из {total}</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>The table</source>
        <translation>Стол</translation>
    </message>
    <message>
        <source>The tool as it was cut out</source>
        <translation>Вырезанный инструмент</translation>
    </message>
    <message>
        <source>Demo: next table</source>
        <translation>Демо: следующий стол</translation>
    </message>
    <message>
        <source>Empty table again</source>
        <translation>Пустой стол заново</translation>
    </message>
    <message>
        <source>Photograph the empty table</source>
        <translation>Снять пустой стол</translation>
    </message>
    <message>
        <source>Storing…</source>
        <translation>Сохраняю…</translation>
    </message>
    <message>
        <source>Take everything off the table</source>
        <translation>Уберите со стола всё</translation>
    </message>
    <message>
        <source>Cutting the tool out…</source>
        <translation>Вырезаю инструмент…</translation>
    </message>
    <message>
        <source>Leave it where it is, or take it away.</source>
        <translation>Инструмент можно оставить или уже убрать.</translation>
    </message>
    <message>
        <source>Is this the whole tool and nothing else?</source>
        <translation>Здесь весь инструмент и ничего лишнего?</translation>
    </message>
    <message>
        <source>No pink inside the tool, nothing of the table around it, no part missing.</source>
        <translation>Внутри нет розового, вокруг нет стола, ни одна часть не потеряна.</translation>
    </message>
    <message>
        <source>The last photo was removed</source>
        <translation>Последний снимок убран</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Сохранено</translation>
    </message>
    <message>
        <source>Lay only this tool on the table</source>
        <translation>Положите на стол только этот инструмент</translation>
    </message>
    <message>
        <source>Turn it, move it, take your hands away, then photograph it: the button or the space bar.</source>
        <translation>Поверните, передвиньте, уберите руки и снимайте: кнопкой или клавишей «пробел».</translation>
    </message>
    <message>
        <source>The station sees a tool as what differs from this picture. It is not stored as a tool, and it can be taken again at any time.</source>
        <translation>Инструмент — это то, чем стол отличается от этого снимка. Снять пустой стол заново можно в любой момент.</translation>
    </message>
    <message>
        <source>photos
{count} of {enough}</source>
        <translation>снимки
{count} из {enough}</translation>
    </message>
    <message>
        <source>directions
{count} of {all}</source>
        <translation>направления
{count} из {all}</translation>
    </message>
    <message>
        <source>places
{count} of {all}</source>
        <translation>места
{count} из {all}</translation>
    </message>
    <message>
        <source>✓ Enough. Go on with the next tool; more photos do no harm.</source>
        <translation>✓ Достаточно. Переходите к следующему; лишние снимки не повредят.</translation>
    </message>
    <message numerus="yes">
        <source>%n more photo(s)</source>
        <translation>
            <numerusform>Ещё %n снимок</numerusform>
            <numerusform>Ещё %n снимка</numerusform>
            <numerusform>Ещё %n снимков</numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds} s. Leave the tool where it is, or take it away.</source>
        <translation>{seconds} с. Инструмент можно оставить или уже убрать.</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>Камера включается…</translation>
    </message>
    <message>
        <source>No tool, no hand, no shadow of yours. From now on leave camera and light as they are.</source>
        <translation>Ни инструментов, ни рук, ни вашей тени. С этого момента не трогайте камеру и свет.</translation>
    </message>
    <message>
        <source>Some photos from unusual sides, too: standing on end, seen along its length, turned over, opened.</source>
        <translation>Нужны и необычные виды: стоя на торце, вдоль рукоятки, другой стороной, с раскрытыми губками.</translation>
    </message>
    <message>
        <source>Enough photos, but too alike: at least {turns} directions and {places} places.</source>
        <translation>Снимков достаточно, но они похожи: нужно не меньше {turns} направлений и {places} мест.</translation>
    </message>
    <message>
        <source>photos
{count}</source>
        <translation>снимки
{count}</translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>The kit again</source>
        <translation>Снова комплект</translation>
    </message>
    <message>
        <source>Photo of the case</source>
        <translation>Фотография случая</translation>
    </message>
    <message>
        <source>OVERDUE since {when}.</source>
        <translation>ПРОСРОЧЕН с {when}.</translation>
    </message>
    <message>
        <source>Until {when}.</source>
        <translation>Срок: {when}.</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Фото</translation>
    </message>
    <message>
        <source>There is no photo of the kit.</source>
        <translation>Фотографии комплекта нет.</translation>
    </message>
    <message>
        <source>The kit as it went out, {when}</source>
        <translation>Комплект при выдаче, {when}</translation>
    </message>
    <message>
        <source>The kit when it was missed, {when}</source>
        <translation>Комплект, когда обнаружили пропажу, {when}</translation>
    </message>
    <message>
        <source>Course, the newest first</source>
        <translation>Ход поисков, новое сверху</translation>
    </message>
    <message>
        <source>Quality must sign in for that.</source>
        <translation>Для этого должна войти служба качества.</translation>
    </message>
    <message>
        <source>You searched already: let somebody else sign in.</source>
        <translation>Вы уже искали: пусть войдёт кто-то другой.</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>Record a search</source>
        <translation>Записать поиски</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Добавить заметку</translation>
    </message>
    <message>
        <source>Record the outcome</source>
        <translation>Записать итог</translation>
    </message>
    <message>
        <source>Release the case</source>
        <translation>Закрыть случай</translation>
    </message>
    <message>
        <source>Reopen the case</source>
        <translation>Открыть снова</translation>
    </message>
    <message>
        <source>Each search is recorded in the name of whoever is signed in. The second one needs another person.</source>
        <translation>Каждые поиски записываются на имя того, кто вошёл. Вторые должен провести другой человек.</translation>
    </message>
    <message>
        <source>A note changes nothing: it stays in the course of the case.</source>
        <translation>Заметка ничего не меняет: она остаётся в ходе поисков.</translation>
    </message>
    <message>
        <source>The case stays open after this: quality looks at it and releases it.</source>
        <translation>Случай останется открытым: его рассмотрит и закроет служба качества.</translation>
    </message>
    <message>
        <source>With your statement the case is closed in the name of quality, and the kit can be issued again.</source>
        <translation>С вашим заключением случай закрывается от имени службы качества, и комплект снова можно выдавать.</translation>
    </message>
    <message>
        <source>Everything recorded so far stays. The tool is searched for again.</source>
        <translation>Всё записанное остаётся. Инструмент снова ищут.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиски</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>CasesScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Сохранить PDF</translation>
    </message>
    <message>
        <source>Report a missing tool</source>
        <translation>Сообщить о пропаже</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>Открыть случай</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Открыть снова</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Lost-tool cases</source>
        <translation>Случаи утери</translation>
    </message>
</context>
<context>
    <name>ChoicePanel</name>
    <message>
        <source>First day</source>
        <translation>Первый день</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Последний день</translation>
    </message>
    <message>
        <source>Show these days</source>
        <translation>Показать эти дни</translation>
    </message>
    <message>
        <source>Of which time?</source>
        <translation>За какое время?</translation>
    </message>
    <message>
        <source>Format and language</source>
        <translation>Формат и язык</translation>
    </message>
</context>
<context>
    <name>CorrectPage</name>
    <message>
        <source>What was noted wrongly? Kit {kit}</source>
        <translation>Что записано неверно? Комплект {kit}</translation>
    </message>
    <message>
        <source>What was recorded stays; this is a record of its own. Counts and cases do not change.</source>
        <translation>Прежняя запись остаётся, исправление записывается отдельно. Подсчёт и случаи не меняются.</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>Наряд</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Борт</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Вернуть к</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Reason for the correction</source>
        <translation>Причина исправления</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>no time</source>
        <translation>без срока</translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count} дн</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} ч</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} мин</translation>
    </message>
    <message>
        <source>{span} late</source>
        <translation>опоздание {span}</translation>
    </message>
    <message>
        <source>awaits its release</source>
        <translation>ждёт закрытия</translation>
    </message>
    <message>
        <source>late</source>
        <translation>срок истёк</translation>
    </message>
    <message>
        <source>being searched</source>
        <translation>идёт поиск</translation>
    </message>
    <message>
        <source>not searched yet</source>
        <translation>поиск не начат</translation>
    </message>
    <message>
        <source>Synchronised</source>
        <translation>Всё передано</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Ждёт передачи</translation>
    </message>
    <message>
        <source>Centre out of reach</source>
        <translation>Центр недоступен</translation>
    </message>
    <message>
        <source>Sync needs you</source>
        <translation>Нужны вы</translation>
    </message>
    <message>
        <source>Shift since</source>
        <translation>Смена с</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Просрочены</translation>
    </message>
    <message>
        <source>Overdue kits</source>
        <translation>Просроченные комплекты</translation>
    </message>
    <message>
        <source>No kit is overdue.</source>
        <translation>Просроченных комплектов нет.</translation>
    </message>
    <message>
        <source>Kits out</source>
        <translation>Выданы</translation>
    </message>
    <message>
        <source>Kits that are out</source>
        <translation>Выданные комплекты</translation>
    </message>
    <message>
        <source>No kit is out.</source>
        <translation>Все комплекты в кладовой.</translation>
    </message>
    <message>
        <source>Open cases</source>
        <translation>Случаи утери</translation>
    </message>
    <message>
        <source>Open lost-tool cases</source>
        <translation>Открытые случаи утери</translation>
    </message>
    <message>
        <source>No tool is searched for.</source>
        <translation>Ни один инструмент не разыскивается.</translation>
    </message>
    <message>
        <source>To count</source>
        <translation>Пересчитать</translation>
    </message>
    <message>
        <source>Counts by hand that wait</source>
        <translation>Ждут ручного пересчёта</translation>
    </message>
    <message>
        <source>No count is owed.</source>
        <translation>Все пересчёты сделаны.</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Поверка</translation>
    </message>
    <message>
        <source>Calibrations that are due</source>
        <translation>Сроки поверки</translation>
    </message>
    <message>
        <source>No calibration is due soon.</source>
        <translation>В ближайшее время поверок нет.</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Смена</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Центр</translation>
    </message>
    <message>
        <source>since {when}</source>
        <translation>с {when}</translation>
    </message>
    <message>
        <source>What waits at all stations</source>
        <translation>Ждёт на всех станциях</translation>
    </message>
    <message>
        <source>Nothing waits at any station.</source>
        <translation>Ни на одной станции ничего не ждёт.</translation>
    </message>
</context>
<context>
    <name>DeskPanel</name>
    <message>
        <source>Figures of the toolroom</source>
        <translation>Показатели кладовой</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Что нужно сделать</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Смотрю…</translation>
    </message>
    <message numerus="yes">
        <source>And %n more of these</source>
        <translation>
            <numerusform>И ещё %n такое напоминание</numerusform>
            <numerusform>И ещё %n таких напоминания</numerusform>
            <numerusform>И ещё %n таких напоминаний</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message>
        <source>Work order</source>
        <translation>Наряд</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Борт</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Вернуть к</translation>
    </message>
    <message>
        <source>{name} (optional)</source>
        <translation>{name} (по желанию)</translation>
    </message>
    <message>
        <source>Scan or type its number</source>
        <translation>Отсканируйте или введите номер</translation>
    </message>
    <message>
        <source>Registration, such as RA-89001</source>
        <translation>Регистрационный номер, например RA-89001</translation>
    </message>
    <message>
        <source>End of shift
{time}</source>
        <translation>Конец смены
{time}</translation>
    </message>
    <message>
        <source>In {hours} h
{time}</source>
        <translation>Через {hours} ч
{time}</translation>
    </message>
    <message>
        <source>Tomorrow
{time}</source>
        <translation>Завтра
{time}</translation>
    </message>
    <message>
        <source>No time</source>
        <translation>Без срока</translation>
    </message>
    <message>
        <source>Back by {time}</source>
        <translation>Вернуть к {time}</translation>
    </message>
    <message>
        <source>Another time: 18:30</source>
        <translation>Другое время: 18:30</translation>
    </message>
</context>
<context>
    <name>DetailsStrip</name>
    <message>
        <source>Work order</source>
        <translation>Наряд</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Борт</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Вернуть к</translation>
    </message>
    <message>
        <source>still needed</source>
        <translation>нужно указать</translation>
    </message>
</context>
<context>
    <name>EnrolScreen</name>
    <message>
        <source>Remove the last photo</source>
        <translation>Убрать последний</translation>
    </message>
    <message>
        <source>Tool done</source>
        <translation>Инструмент готов</translation>
    </message>
    <message>
        <source>More photos of it</source>
        <translation>Ещё снимки</translation>
    </message>
    <message>
        <source>No, throw away</source>
        <translation>Нет, не брать</translation>
    </message>
    <message>
        <source>Enrolment, step {step} of {all}</source>
        <translation>Съёмка инструментов, шаг {step} из {all}</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>Не ждать</translation>
    </message>
    <message>
        <source>Yes, keep</source>
        <translation>Да, сохранить</translation>
    </message>
    <message>
        <source>Photograph the empty table</source>
        <translation>Снять пустой стол</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Снять</translation>
    </message>
    <message>
        <source>Next tool</source>
        <translation>Следующий инструмент</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>На главную</translation>
    </message>
</context>
<context>
    <name>EnrolWords</name>
    <message>
        <source>Blurred</source>
        <translation>Смазано</translation>
    </message>
    <message>
        <source>Cut off by the edge</source>
        <translation>Обрезано краем</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>Слишком мелко</translation>
    </message>
    <message>
        <source>More than one thing</source>
        <translation>Больше одного предмета</translation>
    </message>
    <message>
        <source>No tool is seen</source>
        <translation>Инструмента не видно</translation>
    </message>
    <message>
        <source>Like an earlier photo</source>
        <translation>Похоже на прежний снимок</translation>
    </message>
    <message>
        <source>The outline is unclear</source>
        <translation>Контур неясен</translation>
    </message>
    <message>
        <source>Hold nothing over the table, check that camera and table stand still, and photograph again.</source>
        <translation>Уберите руки, проверьте, что камера и стол неподвижны, и снимите ещё раз.</translation>
    </message>
    <message>
        <source>Move the tool towards the middle so that all of it is in the picture, and photograph again.</source>
        <translation>Сдвиньте инструмент к середине, чтобы он был виден целиком, и снимите ещё раз.</translation>
    </message>
    <message>
        <source>Leave only this tool on the table and take your hands away. If the light has changed, photograph the empty table again.</source>
        <translation>Оставьте на столе один инструмент и уберите руки. Если изменился свет, снимите пустой стол заново.</translation>
    </message>
    <message>
        <source>Lay the tool on the table. A ground of another colour helps if it is hard to see.</source>
        <translation>Положите инструмент на стол. Если его плохо видно, поможет фон другого цвета.</translation>
    </message>
    <message>
        <source>Turn the tool or move it to another place, and photograph again.</source>
        <translation>Поверните инструмент или переложите в другое место и снимите ещё раз.</translation>
    </message>
    <message>
        <source>Use a plain ground with little shadow and glare, or turn the tool, and photograph again.</source>
        <translation>Нужен ровный фон без теней и бликов; или поверните инструмент и снимите ещё раз.</translation>
    </message>
    <message>
        <source>Lay the tool flat or bring the camera nearer, which means to begin with the empty table again.</source>
        <translation>Положите инструмент плашмя или приблизьте камеру — тогда начните снова с пустого стола.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>read: {marking}</source>
        <translation>прочитано: {marking}</translation>
    </message>
    <message>
        <source>Overruled by {name} ({badge}): {reason}</source>
        <translation>Разрешил(а) {name} ({badge}): {reason}</translation>
    </message>
    <message>
        <source>Counted later, {time}, by {name}: {status}</source>
        <translation>Подсчитано позже, {time}, {name}: {status}</translation>
    </message>
    <message>
        <source>Corrected, {time}, by {name}: {reason}</source>
        <translation>Исправлено, {time}, {name}: {reason}</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>Наряд</translation>
    </message>
    <message>
        <source>Aircraft</source>
        <translation>Борт</translation>
    </message>
    <message>
        <source>Back by</source>
        <translation>Вернуть к</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>{name} ({badge})</source>
        <translation>{name} ({badge})</translation>
    </message>
    <message>
        <source>Toolkit</source>
        <translation>Набор</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Сотрудник</translation>
    </message>
    <message>
        <source>Kit with</source>
        <translation>Комплект у</translation>
    </message>
    <message>
        <source>Handed over by</source>
        <translation>Выдал(а)</translation>
    </message>
    <message>
        <source>Count signed by</source>
        <translation>Подсчёт подписал(а)</translation>
    </message>
    <message>
        <source>Out after it</source>
        <translation>На руках после операции</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Случаи</translation>
    </message>
    <message>
        <source>Record No. {number}</source>
        <translation>Запись № {number}</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>Модель: {model}</translation>
    </message>
    <message>
        <source>Operation: {id}</source>
        <translation>Операция: {id}</translation>
    </message>
    <message>
        <source>Signed, {time}, by {name} ({badge}): {purpose}</source>
        <translation>Подпись, {time}, {name} ({badge}): {purpose}</translation>
    </message>
    <message>
        <source>Refused, {time}, to {badge}</source>
        <translation>Отказано, {time}, {badge}</translation>
    </message>
    <message>
        <source>hands the kit over</source>
        <translation>выдаёт комплект</translation>
    </message>
    <message>
        <source>gives the kit on</source>
        <translation>передаёт комплект</translation>
    </message>
    <message>
        <source>saw the count</source>
        <translation>видел(а) подсчёт</translation>
    </message>
    <message>
        <source>lets the kit go out nevertheless</source>
        <translation>разрешает выдачу вопреки</translation>
    </message>
    <message>
        <source>lets the kit go out in spite of a case</source>
        <translation>разрешает выдачу при открытом случае</translation>
    </message>
    <message>
        <source>takes part in the shift&apos;s inventory</source>
        <translation>участвует в инвентаризации смены</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Operations</source>
        <translation>Операции</translation>
    </message>
    <message>
        <source>First-pass rate</source>
        <translation>С первого взгляда</translation>
    </message>
    <message>
        <source>Manual counts</source>
        <translation>Ручной счёт</translation>
    </message>
    <message>
        <source>Handling time</source>
        <translation>Время операции</translation>
    </message>
    <message>
        <source>Missing tools</source>
        <translation>Недостачи</translation>
    </message>
    <message>
        <source>How many operations were recorded.</source>
        <translation>Сколько операций записано.</translation>
    </message>
    <message>
        <source>Of the operations before the camera, how many were complete at first sight with no count by hand.</source>
        <translation>Какая доля операций перед камерой прошла с первого взгляда, без ручного счёта.</translation>
    </message>
    <message>
        <source>How many operations a person counted by hand.</source>
        <translation>Сколько операций человек считал вручную.</translation>
    </message>
    <message>
        <source>From the beginning of an operation to its record: half of them were quicker than this.</source>
        <translation>От начала операции до её записи: половина операций прошла быстрее.</translation>
    </message>
    <message>
        <source>How many tools were found missing.</source>
        <translation>Сколько инструментов не нашли.</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>По времени</translation>
    </message>
    <message>
        <source>By person</source>
        <translation>По людям</translation>
    </message>
    <message>
        <source>By kit</source>
        <translation>По комплектам</translation>
    </message>
    <message>
        <source>By toolkit</source>
        <translation>По наборам</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>По моделям</translation>
    </message>
    <message>
        <source>By station</source>
        <translation>По станциям</translation>
    </message>
    <message>
        <source>By tool</source>
        <translation>По инструментам</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 дней</translation>
    </message>
    <message>
        <source>3 months</source>
        <translation>3 месяца</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Год</translation>
    </message>
    <message>
        <source>3 years</source>
        <translation>3 года</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} мин {1} с</translation>
    </message>
    <message>
        <source>9 of 10 within {0}</source>
        <translation>9 из 10 — не дольше {0}</translation>
    </message>
</context>
<context>
    <name>FiguresScreen</name>
    <message>
        <source>Figures</source>
        <translation>Показатели</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Считаем…</translation>
    </message>
    <message>
        <source>Nothing was recorded in this period. Choose a longer one.</source>
        <translation>За этот период ничего не записано. Выберите период побольше.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>Сохранить числа</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Сохранить рисунок</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Сохранено: {0}</translation>
    </message>
    <message>
        <source>Touch a bar to see its operations.</source>
        <translation>Коснитесь столбца, чтобы увидеть его операции.</translation>
    </message>
    <message>
        <source>Number of operations</source>
        <translation>Число операций</translation>
    </message>
    <message>
        <source>Median, s</source>
        <translation>Медиана, с</translation>
    </message>
    <message>
        <source>9 of 10 within, s</source>
        <translation>9 из 10 не дольше, с</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>Все станции</translation>
    </message>
</context>
<context>
    <name>FilterPage</name>
    <message>
        <source>any</source>
        <translation>любой</translation>
    </message>
    <message>
        <source>Type its beginning</source>
        <translation>Введите начало</translation>
    </message>
    <message>
        <source>Type a part of it, or choose</source>
        <translation>Введите часть или выберите</translation>
    </message>
    <message>
        <source>Chosen: {what}</source>
        <translation>Выбрано: {what}</translation>
    </message>
    <message>
        <source>From {day}</source>
        <translation>С {day}</translation>
    </message>
    <message>
        <source>To {day}</source>
        <translation>По {day}</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Последний день</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Первый день</translation>
    </message>
</context>
<context>
    <name>FinishPage</name>
    <message>
        <source>Finish</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>На главную</translation>
    </message>
    <message>
        <source>An administrator finds all of this again at home under “Set up this station”, at any time.</source>
        <translation>Администратор в любое время найдёт всё это на главной странице: «Настроить станцию».</translation>
    </message>
    <message>
        <source>The station is set up</source>
        <translation>Станция настроена</translation>
    </message>
    <message>
        <source>Some steps are left for later</source>
        <translation>Некоторые шаги отложены</translation>
    </message>
    <message>
        <source>done</source>
        <translation>сделано</translation>
    </message>
    <message>
        <source>left for later</source>
        <translation>отложено</translation>
    </message>
</context>
<context>
    <name>HealthScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Проверить ещё раз</translation>
    </message>
    <message>
        <source>Save as file</source>
        <translation>Сохранить в файл</translation>
    </message>
    <message>
        <source>Looking after this station…</source>
        <translation>Проверяю станцию…</translation>
    </message>
    <message>
        <source>{place} of {all}: {name}</source>
        <translation>{place} из {all}: {name}</translation>
    </message>
    <message>
        <source>This station is fit for work</source>
        <translation>Станция готова к работе</translation>
    </message>
    <message>
        <source>This station is not fit for work</source>
        <translation>Станция не готова к работе</translation>
    </message>
    <message>
        <source>Health of this station</source>
        <translation>Состояние станции</translation>
    </message>
    <message>
        <source>What to do: {advice}</source>
        <translation>Что делать: {advice}</translation>
    </message>
</context>
<context>
    <name>HealthWords</name>
    <message>
        <source>in order</source>
        <translation>в порядке</translation>
    </message>
    <message>
        <source>worth knowing</source>
        <translation>к сведению</translation>
    </message>
    <message>
        <source>must be mended</source>
        <translation>нужно исправить</translation>
    </message>
    <message>
        <source>Give the user of this program the right to write into that folder, or start the program with --data and a folder where it may.</source>
        <translation>Дайте пользователю этой программы право записи в эту папку или запустите программу с --data и папкой, где запись разрешена.</translation>
    </message>
    <message>
        <source>Correct the file with a text editor, or rename it: without it the defaults hold. Then start the program again.</source>
        <translation>Исправьте файл текстовым редактором или переименуйте его: без него действуют значения по умолчанию. Затем запустите программу снова.</translation>
    </message>
    <message>
        <source>Mend what is said about the records; the next start makes a backup by itself.</source>
        <translation>Исправьте то, что сказано о базе записей; следующий запуск сам сделает копию.</translation>
    </message>
    <message>
        <source>Start the program as the same user of the operating system as before, or put secrets.json back into the data folder. Without the keys no PIN can be checked.</source>
        <translation>Запустите программу от имени того же пользователя операционной системы, что и раньше, или верните secrets.json в папку данных. Без ключей нельзя проверить ни один ПИН-код.</translation>
    </message>
    <message>
        <source>Go back to the former model under “Models”, or with “toolroom model rollback”; or install a signed one with “toolroom model install”.</source>
        <translation>Вернитесь к прежней модели: «Модели» или «toolroom model rollback»; либо установите подписанную: «toolroom model install».</translation>
    </message>
    <message>
        <source>Choose the camera anew under “Set up this station”.</source>
        <translation>Выберите камеру заново: «Настроить станцию».</translation>
    </message>
    <message>
        <source>Delete what is not needed on this disk, but nothing in the data folder.</source>
        <translation>Удалите с этого диска ненужное, но ничего из папки данных.</translation>
    </message>
    <message>
        <source>Close the program and copy the whole data folder to a safe place before anything else. Then put the last backup in place with “toolroom restore”.</source>
        <translation>Закройте программу и прежде всего скопируйте всю папку данных в надёжное место. Затем поставьте последнюю резервную копию командой «toolroom restore».</translation>
    </message>
    <message>
        <source>Correct or remove the policy that is named; only whoever looks after this computer may. Then start the program again.</source>
        <translation>Исправьте или уберите названную политику; это может только тот, кто обслуживает компьютер. Затем запустите программу снова.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Станция</translation>
    </message>
    <message>
        <source>Record No.</source>
        <translation>Запись №</translation>
    </message>
    <message>
        <source>count is owed</source>
        <translation>ждёт пересчёта</translation>
    </message>
    <message>
        <source>overlooked by recognition</source>
        <translation>не распознан, но на месте</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>есть отметка</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 дней</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 дней</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Год</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>С … по …</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Инструмент</translation>
    </message>
    <message>
        <source>Marking</source>
        <translation>Маркировка</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Что с инструментом</translation>
    </message>
    <message>
        <source>Lost-tool case</source>
        <translation>Случай утери</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Пересчёт</translation>
    </message>
    <message>
        <source>Counted by hand</source>
        <translation>Подсчёт вручную</translation>
    </message>
    <message>
        <source>Overruled</source>
        <translation>Выдано вопреки</translation>
    </message>
    <message>
        <source>First pass</source>
        <translation>С первого взгляда</translation>
    </message>
    <message>
        <source>case opened</source>
        <translation>открыт случай</translation>
    </message>
    <message>
        <source>no case</source>
        <translation>без случая</translation>
    </message>
    <message>
        <source>no count is owed</source>
        <translation>пересчёт не нужен</translation>
    </message>
    <message>
        <source>counted by hand</source>
        <translation>подсчитано вручную</translation>
    </message>
    <message>
        <source>not counted by hand</source>
        <translation>без подсчёта вручную</translation>
    </message>
    <message>
        <source>overruled</source>
        <translation>выдано вопреки</translation>
    </message>
    <message>
        <source>not overruled</source>
        <translation>без разрешения вопреки</translation>
    </message>
    <message>
        <source>complete at first sight</source>
        <translation>всё сразу на месте</translation>
    </message>
    <message>
        <source>not complete at first sight</source>
        <translation>не всё сразу на месте</translation>
    </message>
</context>
<context>
    <name>HistoryBar</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Столбцы</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Мои поиски</translation>
    </message>
    <message>
        <source>No filter</source>
        <translation>Без отбора</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>Исправить…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Прервать</translation>
    </message>
    <message>
        <source>To a file</source>
        <translation>В файл</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Look for this</source>
        <translation>Искать это</translation>
    </message>
    <message>
        <source>Count now</source>
        <translation>Подсчитать</translation>
    </message>
    <message>
        <source>Record the correction</source>
        <translation>Записать исправление</translation>
    </message>
    <message>
        <source>Nothing was done at this station yet. The first confirmed kit appears here.</source>
        <translation>На этой станции ещё не было операций. Здесь появится первый подтверждённый комплект.</translation>
    </message>
    <message>
        <source>the search for “{text}”</source>
        <translation>поиск «{text}»</translation>
    </message>
    <message>
        <source>Nothing is found with {what}. Take it away above to see all operations.</source>
        <translation>Ничего не найдено: {what}. Уберите это условие выше, чтобы увидеть все операции.</translation>
    </message>
    <message>
        <source>Nothing fits all of this: {what}. Take one of them away above.</source>
        <translation>Ничего не подходит под всё сразу: {what}. Уберите выше одно из условий.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Считаю…</translation>
    </message>
    <message>
        <source>more than {number} found</source>
        <translation>найдено больше {number}</translation>
    </message>
    <message>
        <source>{number} found</source>
        <translation>найдено {number}</translation>
    </message>
    <message>
        <source>{done} of {total} rows written…</source>
        <translation>записано строк: {done} из {total}…</translation>
    </message>
    <message>
        <source>Without {what}: {count}.</source>
        <translation>Без условия «{what}»: {count}.</translation>
    </message>
    <message>
        <source>No operation of any station is here yet. They come from the centre by themselves.</source>
        <translation>Операций ни одной станции здесь пока нет. Они приходят из центра сами.</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message numerus="yes">
        <source>%n row(s) written to {file}</source>
        <translation>
            <numerusform>%n строка записана в {file}</numerusform>
            <numerusform>%n строки записаны в {file}</numerusform>
            <numerusform>%n строк записано в {file}</numerusform>
        </translation>
    </message>
    <message>
        <source>Without: {what}</source>
        <translation>Убрать: {what}</translation>
    </message>
    <message>
        <source>operations {day}.csv</source>
        <translation>операции {day}.csv</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Операции</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Сохранить таблицу</translation>
    </message>
    <message>
        <source>Table (*.csv);;Excel (*.xlsx)</source>
        <translation>Таблица (*.csv);;Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>operations of all stations {day}.csv</source>
        <translation>операции всех станций {day}.csv</translation>
    </message>
</context>
<context>
    <name>HomeScreen</name>
    <message>
        <source>My kits</source>
        <translation>Мои комплекты</translation>
    </message>
    <message>
        <source>held since {when}</source>
        <translation>на руках с {when}</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Сдать</translation>
    </message>
    <message>
        <source>Return kit {kit}</source>
        <translation>Сдать комплект {kit}</translation>
    </message>
    <message>
        <source>Checkout</source>
        <translation>Выдать</translation>
    </message>
    <message>
        <source>Checkin</source>
        <translation>Сдать</translation>
    </message>
    <message>
        <source>You hold no kit. Press “Checkout” or scan the label of a kit.</source>
        <translation>У вас нет комплектов. Нажмите «Выдать» или отсканируйте этикетку комплекта.</translation>
    </message>
    <message>
        <source>Or scan the label of a kit: its checkout or checkin begins at once.</source>
        <translation>Или отсканируйте этикетку комплекта: выдача или сдача начнётся сразу.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Enrol tools</source>
        <translation>Съёмка инструментов</translation>
    </message>
    <message>
        <source>Set up this station</source>
        <translation>Настроить станцию</translation>
    </message>
    <message>
        <source>Health of this station</source>
        <translation>Состояние станции</translation>
    </message>
    <message>
        <source>What needs you</source>
        <translation>Требует внимания</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>Сейчас ничего не требует вашего внимания.</translation>
    </message>
    <message>
        <source>All kits that you hold are listed above.</source>
        <translation>Все ваши комплекты перечислены выше.</translation>
    </message>
    <message>
        <source>{kit} is overdue</source>
        <translation>{kit} — срок истёк</translation>
    </message>
    <message>
        <source>{kit} is due soon</source>
        <translation>{kit} — скоро сдавать</translation>
    </message>
    <message>
        <source>Take over a kit</source>
        <translation>Принять от коллеги</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Смена</translation>
    </message>
    <message>
        <source>Lost-tool cases</source>
        <translation>Случаи утери</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Case {case} is late</source>
        <translation>Случай {case}: срок истёк</translation>
    </message>
    <message>
        <source>Case {case} was reopened</source>
        <translation>Случай {case} открыт снова</translation>
    </message>
    <message>
        <source>Case {case} awaits its release</source>
        <translation>Случай {case} ждёт закрытия</translation>
    </message>
    <message>
        <source>Case {case} is open</source>
        <translation>Случай {case} открыт</translation>
    </message>
    <message>
        <source>Kit {kit} is overdue</source>
        <translation>Комплект {kit} просрочен</translation>
    </message>
    <message>
        <source>Kit {kit} is due soon</source>
        <translation>Комплект {kit}: скоро сдавать</translation>
    </message>
    <message>
        <source>Kit {kit} was not counted</source>
        <translation>Комплект {kit} не пересчитан</translation>
    </message>
    <message>
        <source>Calibration is over: {tool}</source>
        <translation>Поверка истекла: {tool}</translation>
    </message>
    <message>
        <source>Calibration is due: {tool}</source>
        <translation>Скоро поверка: {tool}</translation>
    </message>
    <message>
        <source>No shift runs</source>
        <translation>Смена не начата</translation>
    </message>
    <message>
        <source>Begin it with an inventory of the kits.</source>
        <translation>Начните её с инвентаризации комплектов.</translation>
    </message>
    <message>
        <source>the whole kit</source>
        <translation>весь комплект</translation>
    </message>
    <message>
        <source>kit {kit}</source>
        <translation>комплект {kit}</translation>
    </message>
    <message>
        <source>was due {when}</source>
        <translation>срок был {when}</translation>
    </message>
    <message>
        <source>ended {when}</source>
        <translation>истекла {when}</translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation>до {when}</translation>
    </message>
    <message>
        <source>due {when}</source>
        <translation>срок {when}</translation>
    </message>
    <message>
        <source>Kit {kit}: its holder cannot sign in any more</source>
        <translation>Комплект {kit}: получатель больше не может войти</translation>
    </message>
    <message>
        <source>Account locked: {name}</source>
        <translation>Учётная запись заблокирована: {name}</translation>
    </message>
    <message>
        <source>Account ended: {name}</source>
        <translation>Учётная запись истекла: {name}</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Центр</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Отчёты</translation>
    </message>
    <message>
        <source>Reports cannot be written</source>
        <translation>Отчёты не записываются</translation>
    </message>
    <message>
        <source>See to the folder {place}</source>
        <translation>Проверьте папку {place}</translation>
    </message>
    <message>
        <source>from {station}</source>
        <translation>станция «{station}»</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Показатели</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Reading the list ...</source>
        <translation>Читаю список…</translation>
    </message>
    <message>
        <source>New: {new}, changed: {changed}, unchanged: {unchanged}</source>
        <translation>Новых: {new}, изменённых: {changed}, без изменений: {unchanged}</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s): mend them in the file, then import it again.</source>
        <translation>
            <numerusform>%n ошибка: исправьте её в файле и загрузите его снова.</numerusform>
            <numerusform>%n ошибки: исправьте их в файле и загрузите его снова.</numerusform>
            <numerusform>%n ошибок: исправьте их в файле и загрузите его снова.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportTableModel</name>
    <message>
        <source>Row</source>
        <translation>Ряд</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Инструмент</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>Подробно</translation>
    </message>
    <message>
        <source>error</source>
        <translation>ошибка</translation>
    </message>
    <message>
        <source>new</source>
        <translation>новый</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>изменён</translation>
    </message>
    <message>
        <source>spare</source>
        <translation>запасной</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Столбец</translation>
    </message>
</context>
<context>
    <name>Inspection</name>
    <message>
        <source>{found} of {expected}</source>
        <translation>{found} из {expected}</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} и ещё {count}</translation>
    </message>
    <message>
        <source>The lens is covered. Uncover it.</source>
        <translation>Объектив закрыт. Откройте его.</translation>
    </message>
    <message>
        <source>It is too dark. Switch the light on.</source>
        <translation>Слишком темно. Включите свет.</translation>
    </message>
    <message>
        <source>The light glares. Turn the lamp aside or move the kit.</source>
        <translation>Блики. Отверните лампу или передвиньте комплект.</translation>
    </message>
    <message>
        <source>The picture is blurred. Wipe the lens and focus it.</source>
        <translation>Снимок нерезкий. Протрите объектив и наведите резкость.</translation>
    </message>
    <message>
        <source>Tools lie on one another. Lay them side by side.</source>
        <translation>Инструменты лежат друг на друге. Разложите их отдельно.</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>Камера запускается…</translation>
    </message>
    <message>
        <source>Waiting for the picture…</source>
        <translation>Жду изображение…</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>Нет изображения с камеры.</translation>
    </message>
    <message>
        <source>Lay the tools on the table, side by side.</source>
        <translation>Разложите инструменты на столе, отдельно друг от друга.</translation>
    </message>
    <message>
        <source>Take your hands away from the table.</source>
        <translation>Уберите руки от стола.</translation>
    </message>
    <message>
        <source>Keep everything still…</source>
        <translation>Ничего не двигайте…</translation>
    </message>
    <message>
        <source>Looking: picture {number} of {count}</source>
        <translation>Смотрю: кадр {number} из {count}</translation>
    </message>
    <message>
        <source>Making sure that nothing changes…</source>
        <translation>Убеждаюсь, что ничего не меняется…</translation>
    </message>
    <message>
        <source>The decision stands.</source>
        <translation>Решение принято.</translation>
    </message>
    <message>
        <source>extra: {names}</source>
        <translation>лишнее: {names}</translation>
    </message>
    <message>
        <source>KIT COMPLETE</source>
        <translation>ВСЁ НА МЕСТЕ</translation>
    </message>
    <message>
        <source>missing: {names}</source>
        <translation>не хватает: {names}</translation>
    </message>
    <message>
        <source>unsure: {names}</source>
        <translation>под вопросом: {names}</translation>
    </message>
    <message>
        <source>CHECK BY HAND</source>
        <translation>ПЕРЕСЧЁТ</translation>
    </message>
    <message>
        <source>MISSING</source>
        <translation>НЕ ХВАТАЕТ</translation>
    </message>
    <message>
        <source>TAKE AWAY</source>
        <translation>ЛИШНЕЕ</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Смотрю…</translation>
    </message>
    <message>
        <source>unknown to the model</source>
        <translation>модель его не знает</translation>
    </message>
    <message>
        <source>could be two tools</source>
        <translation>похоже на два инструмента</translation>
    </message>
    <message>
        <source>not seen every time</source>
        <translation>виден не в каждом кадре</translation>
    </message>
    <message>
        <source>hard to see</source>
        <translation>плохо видно</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>не хватает</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>пока не видно</translation>
    </message>
    <message>
        <source>extra: {name}</source>
        <translation>лишнее: {name}</translation>
    </message>
    <message>
        <source>compare them closely</source>
        <translation>сравните внимательно</translation>
    </message>
    <message>
        <source>Look-alikes: {names}: {look_at}</source>
        <translation>Похожие: {names} — {look_at}</translation>
    </message>
    <message>
        <source>looks like {names}</source>
        <translation>похожие: {names}</translation>
    </message>
    <message>
        <source>Look-alikes are small in this picture: bring the camera nearer.</source>
        <translation>Похожие мелкие на этом снимке: придвиньте камеру.</translation>
    </message>
    <message>
        <source>not the usual size</source>
        <translation>не тот размер</translation>
    </message>
</context>
<context>
    <name>InspectionScreen</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Пересчитать вручную</translation>
    </message>
    <message>
        <source>Tools of the kit</source>
        <translation>Инструменты комплекта</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>Стол</translation>
    </message>
    <message>
        <source>Nothing was looked at yet</source>
        <translation>Стол ещё не осмотрен</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>Камера запускается…</translation>
    </message>
    <message>
        <source>Nothing is decided without a picture.</source>
        <translation>Без изображения решения нет.</translation>
    </message>
    <message>
        <source>Demo: next table</source>
        <translation>Демо: следующий стол</translation>
    </message>
</context>
<context>
    <name>JournalPart</name>
    <message>
        <source>Journal</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Entry No.</source>
        <translation>Запись №</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Хеш</translation>
    </message>
    <message>
        <source>Hash before it</source>
        <translation>Предыдущий хеш</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>Печать</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Станция</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Прервать</translation>
    </message>
    <message>
        <source>Verify up to this entry</source>
        <translation>Проверить до этой записи</translation>
    </message>
    <message>
        <source>What is shown here is not what the journal says: the record was changed.</source>
        <translation>Здесь показано не то, что в журнале: запись изменена.</translation>
    </message>
    <message>
        <source>Later entries of the journal changed what holds; they are listed above.</source>
        <translation>Позднейшие записи журнала изменили то, что действует; они перечислены выше.</translation>
    </message>
    <message>
        <source>Whole: {count} entries up to this one hold together, each with its seal.</source>
        <translation>Цело: записей до этой включительно — {count}, все связаны и под печатью.</translation>
    </message>
    <message>
        <source>Whole: {count} entries up to this one hold together; those before No. {first} carry seals of a key that was lost.</source>
        <translation>Цело: записей до этой включительно — {count}, все связаны; у записей до № {first} печати утраченного ключа.</translation>
    </message>
    <message>
        <source>an entry is missing</source>
        <translation>записи не хватает</translation>
    </message>
    <message>
        <source>it does not follow from the one before</source>
        <translation>она не следует из предыдущей</translation>
    </message>
    <message>
        <source>its content was changed</source>
        <translation>её содержание изменено</translation>
    </message>
    <message>
        <source>its seal is not this station&apos;s</source>
        <translation>её печать не от этой станции</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>она не читается</translation>
    </message>
    <message>
        <source>Not whole at entry No. {number}: {what}. Tell whoever looks after quality, and IT.</source>
        <translation>Нарушено на записи № {number}: {what}. Сообщите контролю качества и IT.</translation>
    </message>
</context>
<context>
    <name>KitDetail</name>
    <message numerus="yes">
        <source>The same for %n more</source>
        <translation>
            <numerusform>То же для ещё %n</numerusform>
            <numerusform>То же для ещё %n</numerusform>
            <numerusform>То же для ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded: {where}</source>
        <translation>По записям: {where}</translation>
    </message>
    <message>
        <source>aircraft {aircraft}</source>
        <translation>борт {aircraft}</translation>
    </message>
    <message>
        <source>work order {order}</source>
        <translation>наряд {order}</translation>
    </message>
    <message>
        <source>Every kit counts as being where the records say, unless you say otherwise. Touch a kit to do so, or scan its label to tick it off.</source>
        <translation>Каждый комплект считается стоящим там, где указано в записях, пока вы не скажете иначе. Для этого коснитесь его, а чтобы отметить осмотренный — отсканируйте этикетку.</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Объяснение</translation>
    </message>
    <message>
        <source>Say it in a few words</source>
        <translation>В нескольких словах</translation>
    </message>
    <message>
        <source>Count this kit</source>
        <translation>Пересчитать комплект</translation>
    </message>
    <message>
        <source>Take over from this person</source>
        <translation>Принять у этого сотрудника</translation>
    </message>
    <message>
        <source>handed out {when}</source>
        <translation>на руках с {when}</translation>
    </message>
</context>
<context>
    <name>KitsScreen</name>
    <message>
        <source>Scan the label, or type a number or title</source>
        <translation>Отсканируйте этикетку или введите номер либо название</translation>
    </message>
    <message>
        <source>Search for a kit</source>
        <translation>Поиск комплекта</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Комплекты</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>out: you have it</source>
        <translation>выдан вам</translation>
    </message>
    <message>
        <source>out: {name}</source>
        <translation>выдан: {name}</translation>
    </message>
    <message>
        <source>in the toolroom</source>
        <translation>в кладовой</translation>
    </message>
    <message>
        <source>No kit matches. Check the number, or clear the field to see all kits.</source>
        <translation>Ничего не найдено. Проверьте номер или очистите поле, чтобы увидеть все комплекты.</translation>
    </message>
    <message>
        <source>This station has no kits yet. Ask the administrator to add them.</source>
        <translation>На этой станции пока нет комплектов. Попросите администратора добавить их.</translation>
    </message>
    <message>
        <source>Which kit goes out?</source>
        <translation>Какой комплект выдать?</translation>
    </message>
    <message>
        <source>Which kit comes back?</source>
        <translation>Какой комплект сдать?</translation>
    </message>
    <message>
        <source>Which kit do you take over?</source>
        <translation>Какой комплект вы принимаете?</translation>
    </message>
    <message>
        <source>Which kit is counted?</source>
        <translation>Какой комплект пересчитать?</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Пересчитать вручную</translation>
    </message>
    <message>
        <source>It comes back all the same</source>
        <translation>Всё равно сдаётся</translation>
    </message>
    <message>
        <source>This station does not know that kit {kit} is out. Another station may have handed it out: then it is counted here against its whole list, and the checkout is added when it is known.</source>
        <translation>Станция не знает, что комплект {kit} выдан. Возможно, его выдала другая станция: тогда он пересчитывается здесь по полному списку, а выдача добавится, когда станет известна.</translation>
    </message>
    <message>
        <source>{out}, from {station}</source>
        <translation>{out}, станция «{station}»</translation>
    </message>
</context>
<context>
    <name>LabelPanel</name>
    <message>
        <source>Which kits? Scan them or type their numbers; empty: all</source>
        <translation>Какие комплекты? Сканируйте или введите номера; пусто: все</translation>
    </message>
    <message>
        <source>Which tools? Scan them or type their markings; empty: all</source>
        <translation>Какие инструменты? Сканируйте или введите маркировки; пусто: все</translation>
    </message>
    <message>
        <source>Whose badges? Scan them or type them; empty: of all</source>
        <translation>Чьи пропуска? Сканируйте или введите; пусто: всех</translation>
    </message>
    <message>
        <source>Which tools? Scan them or type their markings; empty: all of kit {kit}</source>
        <translation>Какие инструменты? Сканируйте или введите маркировки; пусто: все из комплекта {kit}</translation>
    </message>
    <message>
        <source>several with commas</source>
        <translation>несколько через запятую</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Комплекты</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
    <message>
        <source>Badges</source>
        <translation>Пропуска</translation>
    </message>
    <message>
        <source>Labels of what?</source>
        <translation>Этикетки для чего?</translation>
    </message>
    <message>
        <source>On which sheet or roll?</source>
        <translation>На каком листе или рулоне?</translation>
    </message>
    <message>
        <source>What is on it?</source>
        <translation>Что на этикетке?</translation>
    </message>
    <message>
        <source>First free label of the sheet</source>
        <translation>Первая свободная этикетка</translation>
    </message>
    <message>
        <source>Copies of each</source>
        <translation>Копий каждой</translation>
    </message>
    <message>
        <source>One label earlier</source>
        <translation>На этикетку раньше</translation>
    </message>
    <message>
        <source>One label later</source>
        <translation>На этикетку позже</translation>
    </message>
    <message>
        <source>One copy less</source>
        <translation>На копию меньше</translation>
    </message>
    <message>
        <source>One copy more</source>
        <translation>На копию больше</translation>
    </message>
    <message>
        <source>Number and name</source>
        <translation>Номер и название</translation>
    </message>
    <message>
        <source>Only the number</source>
        <translation>Только номер</translation>
    </message>
    <message>
        <source>No lines</source>
        <translation>Без линий</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>Cut marks</source>
        <translation>Метки реза</translation>
    </message>
    <message>
        <source>{width} × {height} mm</source>
        <translation>{width} × {height} мм</translation>
    </message>
</context>
<context>
    <name>LabelsScreen</name>
    <message>
        <source>Labels</source>
        <translation>Этикетки</translation>
    </message>
    <message>
        <source>Print ...</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Сохранить как PDF</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Предыдущая страница</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Следующая страница</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Страница {page} из {pages}</translation>
    </message>
    <message>
        <source>Writing the labels ...</source>
        <translation>Этикетки записываются…</translation>
    </message>
    <message>
        <source>Printing the labels ...</source>
        <translation>Этикетки печатаются…</translation>
    </message>
    <message numerus="yes">
        <source>%n label(s).</source>
        <translation>
            <numerusform>Этикеток: %n.</numerusform>
            <numerusform>Этикеток: %n.</numerusform>
            <numerusform>Этикеток: %n.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) without a marking left out.</source>
        <translation>
            <numerusform>Без маркировки, пропущено: %n.</numerusform>
            <numerusform>Без маркировки, пропущено: %n.</numerusform>
            <numerusform>Без маркировки, пропущено: %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>Laying the labels out ...</source>
        <translation>Этикетки размещаются…</translation>
    </message>
    <message>
        <source>Save the labels</source>
        <translation>Сохранить этикетки</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Later: the button at the top right changes the language at any time.</source>
        <translation>Позже: язык в любое время меняет кнопка справа вверху.</translation>
    </message>
    <message>
        <source>It holds at once. The button at the top right changes it at any time.</source>
        <translation>Действует сразу. В любое время язык меняет кнопка справа вверху.</translation>
    </message>
    <message>
        <source>Answered already: the settings name this language.</source>
        <translation>Уже известно: этот язык указан в настройках.</translation>
    </message>
    <message>
        <source>Answered already: the program was started with --language, which counts more than what is saved here.</source>
        <translation>Уже известно: программа запущена с --language, и это важнее сохранённого здесь.</translation>
    </message>
    <message>
        <source>Answered already: a policy of this computer names the language. Another one holds until the next start.</source>
        <translation>Уже известно: язык задан политикой этого компьютера. Другой действует до следующего запуска.</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>Number, tool, kit, person or aircraft</source>
        <translation>Номер, инструмент, комплект, человек или борт</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открытые</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Reading the cases …</source>
        <translation>Читаем случаи …</translation>
    </message>
    <message>
        <source>No tool was ever missing here. Report one with the button below, or count it as missing.</source>
        <translation>Здесь ещё ничего не пропадало. Сообщите о пропаже кнопкой внизу или отметьте её при подсчёте.</translation>
    </message>
    <message>
        <source>No case fits. Take a word out, or show all cases.</source>
        <translation>Ничего не подходит. Уберите слово или покажите все случаи.</translation>
    </message>
    <message>
        <source>found out {when}</source>
        <translation>обнаружено {when}</translation>
    </message>
    <message>
        <source>kit was with {name}</source>
        <translation>комплект был у: {name}</translation>
    </message>
    <message>
        <source>searched by {names}</source>
        <translation>искали: {names}</translation>
    </message>
    <message>
        <source>No case is open.</source>
        <translation>Открытых случаев нет.</translation>
    </message>
    <message>
        <source>OVERDUE since {when}.</source>
        <translation>ПРОСРОЧЕН с {when}.</translation>
    </message>
    <message>
        <source>Until {when}.</source>
        <translation>Срок: {when}.</translation>
    </message>
    <message>
        <source>Search for a kit or a tool</source>
        <translation>Поиск комплекта или инструмента</translation>
    </message>
    <message>
        <source>Kits and lists</source>
        <translation>Комплекты и списки</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Инструмент</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) found</source>
        <translation>
            <numerusform>Найден %n инструмент</numerusform>
            <numerusform>Найдено %n инструмента</numerusform>
            <numerusform>Найдено %n инструментов</numerusform>
        </translation>
    </message>
    <message>
        <source>Spare tools</source>
        <translation>Запасной инструмент</translation>
    </message>
    <message>
        <source>Calibration due</source>
        <translation>Подходит поверка</translation>
    </message>
    <message>
        <source>Not serviceable</source>
        <translation>Не в работе</translation>
    </message>
    <message>
        <source>out</source>
        <translation>выдан</translation>
    </message>
    <message>
        <source>Nothing matches. Check the number, or clear the field.</source>
        <translation>Ничего не найдено. Проверьте номер или очистите поле.</translation>
    </message>
    <message>
        <source>Tools that match</source>
        <translation>Подходящий инструмент</translation>
    </message>
    <message>
        <source>The kit is out with {name}.</source>
        <translation>Комплект выдан: {name}.</translation>
    </message>
    <message>
        <source>Open cases: {cases}.</source>
        <translation>Открытые случаи: {cases}.</translation>
    </message>
    <message>
        <source>No calibration is due soon.</source>
        <translation>Ближайших поверок нет.</translation>
    </message>
    <message>
        <source>Every tool is serviceable.</source>
        <translation>Весь инструмент исправен.</translation>
    </message>
    <message>
        <source>No tool is spare. New ones come in with a list or by a swap.</source>
        <translation>Запасного инструмента нет. Новый появляется при загрузке списка или при замене.</translation>
    </message>
    <message>
        <source>Kit or marking</source>
        <translation>Комплект, номер</translation>
    </message>
    <message>
        <source>More cases: {count}. Search for the one you mean.</source>
        <translation>Ещё случаев: {count}. Найдите нужный поиском.</translation>
    </message>
    <message>
        <source>Without: {what}</source>
        <translation>Убрать: {what}</translation>
    </message>
    <message>
        <source>Search: kit, name, work order, marking, note…</source>
        <translation>Поиск: комплект, имя, наряд, маркировка, примечание…</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Поиск в истории</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Отбор</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Операции</translation>
    </message>
    <message>
        <source>{station}: {case}</source>
        <translation>{station}: {case}</translation>
    </message>
    <message>
        <source>Searched, concluded and released there. Here it only keeps the kit in.</source>
        <translation>Поиск, исход и закрытие — там. Здесь случай только не даёт выдать комплект.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Toolroom</source>
        <translation>Инструментальная</translation>
    </message>
</context>
<context>
    <name>ModelsScreen</name>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Judging now: {name}, version {version}</source>
        <translation>Сейчас судит: {name}, версия {version}</translation>
    </message>
    <message>
        <source>Go back to {name}? It judges from the next start of the station on.</source>
        <translation>Вернуться к {name}? Она будет судить со следующего запуска станции.</translation>
    </message>
    <message>
        <source>Yes, go back</source>
        <translation>Да, вернуться</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Go back to the former one</source>
        <translation>Вернуться к предыдущей</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>{name} judges from the next start of the station on. Close the program and start it again.</source>
        <translation>{name} судит со следующего запуска станции. Закройте программу и запустите её снова.</translation>
    </message>
    <message>
        <source>It does not know all tools of these kits, which are then counted by hand: {kits}</source>
        <translation>Она знает не все инструменты этих комплектов, и их придётся считать вручную: {kits}</translation>
    </message>
    <message>
        <source>Reading the models ...</source>
        <translation>Чтение моделей ...</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Показатели</translation>
    </message>
    <message>
        <source>Figures of {name}</source>
        <translation>Показатели модели {name}</translation>
    </message>
    <message>
        <source>Judges</source>
        <translation>Судит</translation>
    </message>
    <message>
        <source>Judges from the next start on</source>
        <translation>Судит со следующего запуска</translation>
    </message>
    <message>
        <source>The former one</source>
        <translation>Предыдущая</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>из поставки программы</translation>
    </message>
    <message>
        <source>the command line</source>
        <translation>командная строка</translation>
    </message>
    <message>
        <source>since {when}, by {who}</source>
        <translation>с {when}, включил(а): {who}</translation>
    </message>
    <message>
        <source>signed by {name}</source>
        <translation>подпись: {name}</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Ограничения</translation>
    </message>
    <message>
        <source>Nobody has measured this model yet.</source>
        <translation>Эту модель ещё никто не измерял.</translation>
    </message>
    <message>
        <source>on {what}; measured by {who}</source>
        <translation>на: {what}; измерил: {who}</translation>
    </message>
    <message>
        <source>No trusted key signed it; somebody let it in, and the journal says who.</source>
        <translation>Не подписана доверенным ключом; её приняли без подписи, а кто — сказано в журнале.</translation>
    </message>
    <message>
        <source>the centre</source>
        <translation>центр</translation>
    </message>
</context>
<context>
    <name>NextPage</name>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>Что сохранено</translation>
    </message>
    <message>
        <source>When every tool has its photos</source>
        <translation>Когда сняты все инструменты</translation>
    </message>
    <message>
        <source>A computer with the training part of the program makes scenes from them, learns, proves the model and installs it. These commands lead there, each says what it needs:</source>
        <translation>На компьютере с обучающей частью программы из снимков делают сцены, учат модель, проверяют её и устанавливают. Команды по порядку, каждая сама скажет, что ей нужно:</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) still with fewer than {enough} photos</source>
        <translation>
            <numerusform>Ещё у %n инструмента меньше {enough} снимков</numerusform>
            <numerusform>Ещё у %n инструментов меньше {enough} снимков</numerusform>
            <numerusform>Ещё у %n инструментов меньше {enough} снимков</numerusform>
        </translation>
    </message>
    <message>
        <source>This system opens no folders. The folder: {folder}</source>
        <translation>Эта система не открывает папки. Папка: {folder}</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>What the next person should know</source>
        <translation>Что нужно знать следующему</translation>
    </message>
    <message>
        <source>{count} of {most} characters</source>
        <translation>{count} из {most} знаков</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close the message</source>
        <translation>Закрыть сообщение</translation>
    </message>
</context>
<context>
    <name>NumberPad</name>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Erase the last digit</source>
        <translation>Стереть последнюю цифру</translation>
    </message>
</context>
<context>
    <name>OperationDetail</name>
    <message>
        <source>{operation} · kit {kit}</source>
        <translation>{operation} · комплект {kit}</translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation>Примечание: {note}</translation>
    </message>
    <message>
        <source>extra</source>
        <translation>лишнее</translation>
    </message>
    <message>
        <source>Counted by hand, without a photo.</source>
        <translation>Подсчёт вручную, без снимка.</translation>
    </message>
    <message>
        <source>Looking it up…</source>
        <translation>Ищу…</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Снимок целиком</translation>
    </message>
    <message>
        <source>Photo of the table</source>
        <translation>Снимок стола</translation>
    </message>
    <message>
        <source>Reading the photo…</source>
        <translation>Открываю снимок…</translation>
    </message>
    <message>
        <source>Lost-tool case {number}</source>
        <translation>Случай утери {number}</translation>
    </message>
    <message>
        <source>Operation at the other end: {what}</source>
        <translation>Парная операция: {what}</translation>
    </message>
    <message>
        <source>History of kit {kit}</source>
        <translation>История комплекта {kit}</translation>
    </message>
    <message>
        <source>History of {name}</source>
        <translation>История: {name}</translation>
    </message>
    <message>
        <source>Tools of kit {kit}</source>
        <translation>Инструменты комплекта {kit}</translation>
    </message>
    <message>
        <source>Recorded at: {station}. It is counted, corrected and verified there.</source>
        <translation>Записано на станции «{station}». Пересчёт, исправление и проверка журнала — там.</translation>
    </message>
    <message>
        <source>Recorded at this station. To count or correct, choose “This station” in the history.</source>
        <translation>Записано на этой станции. Чтобы пересчитать или исправить, выберите в истории «Эта станция».</translation>
    </message>
</context>
<context>
    <name>OperationTableModel</name>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Операция</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>Комплект</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Сотрудник</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Распознавание</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Итог</translation>
    </message>
</context>
<context>
    <name>OutPage</name>
    <message>
        <source>The kit is not issued until another tool is put into the empty place. To replace it now, swap.</source>
        <translation>Место останется пустым, и комплект не выдаётся, пока на него не положат другой инструмент. Чтобы заменить сразу, выберите замену.</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Kit {kit} stays in the toolroom: it is not complete.</source>
        <translation>Комплект {kit} остаётся в инструментальной: он неполон.</translation>
    </message>
    <message>
        <source>Stays out with {holder}: {tools}.</source>
        <translation>Остаётся на руках, {holder}: {tools}.</translation>
    </message>
    <message>
        <source>Lost-tool case opened: {cases}. Begin the search now.</source>
        <translation>Открыт случай утери: {cases}. Начните поиск сейчас.</translation>
    </message>
    <message>
        <source>The count by hand is still owed.</source>
        <translation>Подсчёт вручную ещё не проведён.</translation>
    </message>
    <message>
        <source>Issued nevertheless, signed by:</source>
        <translation>Всё же выдан, подписали:</translation>
    </message>
    <message>
        <source>Was with {holder} · brought back by {person}</source>
        <translation>Числился за: {holder} · сдал(а): {person}</translation>
    </message>
    <message>
        <source>Not known here to be out; its checkout is added by itself.</source>
        <translation>О выдаче здесь не знали; она добавится сама.</translation>
    </message>
    <message>
        <source>Not known here to be out; its checkout was added since.</source>
        <translation>О выдаче здесь не знали; она добавлена позже.</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>disabled</source>
        <translation>отключена</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>истекла</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>заблокирована</translation>
    </message>
    <message>
        <source>no PIN</source>
        <translation>нет ПИН-кода</translation>
    </message>
    <message>
        <source>PIN to be changed</source>
        <translation>ждёт смены ПИН-кода</translation>
    </message>
    <message>
        <source>active</source>
        <translation>действует</translation>
    </message>
</context>
<context>
    <name>PeopleScreen</name>
    <message>
        <source>People</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Scan a badge, or type a name or a number</source>
        <translation>Отсканируйте пропуск или введите имя или номер</translation>
    </message>
    <message>
        <source>Search for a person</source>
        <translation>Поиск сотрудника</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Разблокировать</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Новый ПИН-код</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>The two PINs differ. Type both again.</source>
        <translation>ПИН-коды не совпадают. Введите оба ещё раз.</translation>
    </message>
    <message>
        <source>{name} is added. Give a PIN now, or later with “New PIN”.</source>
        <translation>{name}: учётная запись добавлена. Задайте ПИН-код сейчас или позже кнопкой «Новый ПИН-код».</translation>
    </message>
    <message>
        <source>Changed: {name}.</source>
        <translation>Изменено: {name}.</translation>
    </message>
    <message>
        <source>{name} signs in with this PIN once and must then choose another one.</source>
        <translation>{name}: этот ПИН-код действует на один вход, после него нужно выбрать свой.</translation>
    </message>
    <message>
        <source>{name} can sign in again, with the same PIN.</source>
        <translation>{name}: вход снова открыт, ПИН-код прежний.</translation>
    </message>
    <message>
        <source>{name} cannot sign in any more.</source>
        <translation>{name}: вход закрыт.</translation>
    </message>
    <message>
        <source>{name} can sign in again.</source>
        <translation>{name}: вход снова открыт.</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Отключить</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Включить</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Добавить сотрудника</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Give this PIN</source>
        <translation>Задать этот ПИН-код</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Yes, disable</source>
        <translation>Да, отключить</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Nobody matches. Clear the field to see everybody, or add a person.</source>
        <translation>Никто не найден. Очистите поле, чтобы увидеть всех, или добавьте сотрудника.</translation>
    </message>
    <message>
        <source>Kits in this person&apos;s custody: {kits}. They stay there until they are returned or handed over.</source>
        <translation>На руках комплекты: {kits}. Они числятся за этим человеком, пока их не сдадут или не передадут.</translation>
    </message>
    <message>
        <source>Disable {name}? Nobody can sign in or sign with this badge then.</source>
        <translation>Отключить учётную запись: {name}? С этим пропуском нельзя будет ни войти, ни подписать.</translation>
    </message>
    <message>
        <source>A new PIN</source>
        <translation>Новый ПИН-код</translation>
    </message>
    <message>
        <source>{name} signs in with it once and must then choose another one. Tell it to nobody else.</source>
        <translation>{name}: этот ПИН-код действует на один вход, после него нужно выбрать свой. Больше никому его не сообщайте.</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>Тот же ПИН-код ещё раз</translation>
    </message>
    <message>
        <source>PIN, {least} to {most} digits</source>
        <translation>ПИН-код, {least}–{most} цифр</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Этикетка</translation>
    </message>
</context>
<context>
    <name>PeopleTableModel</name>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Пропуск</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Учётная запись</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Последний день</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>Change a person</source>
        <translation>Изменить сотрудника</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Добавить сотрудника</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Пропуск</translation>
    </message>
    <message>
        <source>Badge: scan or type</source>
        <translation>Пропуск: отсканируйте или введите</translation>
    </message>
    <message>
        <source>Surname and name</source>
        <translation>Фамилия и имя</translation>
    </message>
    <message>
        <source>Last day of the account</source>
        <translation>Последний день учётной записи</translation>
    </message>
    <message>
        <source>As 31.12.2026 or 2026-12-31. Empty: without end.</source>
        <translation>Например, 31.12.2026. Пусто — бессрочно.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
</context>
<context>
    <name>PhotoPage</name>
    <message>
        <source>Waiting for the camera ...</source>
        <translation>Жду камеру…</translation>
    </message>
</context>
<context>
    <name>PhotoPair</name>
    <message>
        <source>Counted by hand, without a photo.</source>
        <translation>Подсчёт вручную, без снимка.</translation>
    </message>
    <message>
        <source>Loading the photo…</source>
        <translation>Открываю снимок…</translation>
    </message>
    <message>
        <source>At checkout</source>
        <translation>При выдаче</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Now, without: {names}</source>
        <translation>Сейчас, нет: {names}</translation>
    </message>
    <message>
        <source>There is no photo of the checkout.</source>
        <translation>Снимка при выдаче нет.</translation>
    </message>
    <message>
        <source>At checkout, {station}</source>
        <translation>При выдаче, «{station}»</translation>
    </message>
</context>
<context>
    <name>PinScreen</name>
    <message>
        <source>The two PINs differ. Type the new PIN twice once more.</source>
        <translation>ПИН-коды не совпадают. Введите новый ПИН-код дважды ещё раз.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Минуту…</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>Сменить ПИН-код</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Your PIN is changed</source>
        <translation>ПИН-код изменён</translation>
    </message>
    <message>
        <source>Change your PIN</source>
        <translation>Смена ПИН-кода</translation>
    </message>
    <message>
        <source>Sign in and sign with the new PIN from now on.</source>
        <translation>Теперь входите и подписывайте с новым ПИН-кодом.</translation>
    </message>
    <message>
        <source>Somebody else gave you this PIN. Choose one that only you know; then you can go on.</source>
        <translation>Этот ПИН-код задали не вы. Выберите такой, который знаете только вы, — и можно продолжать.</translation>
    </message>
    <message>
        <source>Choose one that only you know.</source>
        <translation>Выберите такой, который знаете только вы.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>The PIN that you have now</source>
        <translation>Нынешний ПИН-код</translation>
    </message>
    <message>
        <source>New PIN, {least} to {most} digits</source>
        <translation>Новый ПИН-код, {least}–{most} цифр</translation>
    </message>
    <message>
        <source>The new PIN once more</source>
        <translation>Новый ПИН-код ещё раз</translation>
    </message>
</context>
<context>
    <name>PlacePage</name>
    <message>
        <source>A tool that is new here</source>
        <translation>Новый инструмент</translation>
    </message>
    <message>
        <source>No spare tool of this kind is serviceable and calibrated.</source>
        <translation>Исправного и поверенного запасного инструмента этого вида нет.</translation>
    </message>
</context>
<context>
    <name>PlainWindow</name>
    <message>
        <source>Toolroom</source>
        <translation>Инструментальная</translation>
    </message>
</context>
<context>
    <name>Positions</name>
    <message>
        <source>Recognised</source>
        <translation>Распознано</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Подсчитано</translation>
    </message>
    <message>
        <source>extra</source>
        <translation>лишнее</translation>
    </message>
    <message>
        <source>as recognised</source>
        <translation>как распознано</translation>
    </message>
    <message>
        <source>Photo of this tool</source>
        <translation>Снимок этого инструмента</translation>
    </message>
</context>
<context>
    <name>PurposePage</name>
    <message>
        <source>Purpose</source>
        <translation>Назначение</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Демонстрация</translation>
    </message>
    <message>
        <source>Real work</source>
        <translation>Рабочая станция</translation>
    </message>
    <message>
        <source>“toolroom-desktop --demo” shows the demonstration at any time.</source>
        <translation>Демонстрацию в любое время открывает «toolroom-desktop --demo».</translation>
    </message>
    <message>
        <source>What is this station for?</source>
        <translation>Для чего эта станция?</translation>
    </message>
    <message>
        <source>With your people, your kits and your camera. Every operation is recorded and kept for good.</source>
        <translation>С вашими людьми, вашими комплектами и вашей камерой. Каждая операция записывается и хранится.</translation>
    </message>
    <message>
        <source>With invented people, kits and pictures, to try everything out. No camera is needed. Its records lie apart, in {folder}, and touch nothing real.

To come back: close the program and start it again; this set-up comes up again.</source>
        <translation>С выдуманными людьми, комплектами и снимками, чтобы всё попробовать. Камера не нужна. Записи лежат отдельно, в {folder}, и не касаются настоящих.

Чтобы вернуться: закройте программу и запустите её снова; эта настройка откроется опять.</translation>
    </message>
    <message>
        <source>Answered already.</source>
        <translation>Уже известно.</translation>
    </message>
    <message>
        <source>Both can be on one computer. Nothing done in the demonstration counts.</source>
        <translation>На одном компьютере может быть и то и другое. Всё, что сделано в демонстрации, не считается.</translation>
    </message>
    <message>
        <source>This is the demonstration. Real work begins when the program is started without --demo.</source>
        <translation>Это демонстрация. Для настоящей работы запустите программу без --demo.</translation>
    </message>
    <message>
        <source>This station does real work. The demonstration, with records of its own in {folder}, is started with “toolroom-desktop --demo”.</source>
        <translation>Это рабочая станция. Демонстрацию с отдельными записями в {folder} открывает «toolroom-desktop --demo».</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Открыть демо</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Seen by the station: {count}</source>
        <translation>Станция видит: {count}</translation>
    </message>
    <message>
        <source>Not in the kit since the checkout: {names}</source>
        <translation>Нет в комплекте с выдачи: {names}</translation>
    </message>
    <message>
        <source>more…</source>
        <translation>ещё…</translation>
    </message>
    <message>
        <source>Does something that does not belong to the kit still lie with it?</source>
        <translation>Осталось ли рядом что-то не из этого комплекта?</translation>
    </message>
    <message>
        <source>seen: {names}</source>
        <translation>видно: {names}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no, taken away</source>
        <translation>нет, убрано</translation>
    </message>
</context>
<context>
    <name>ReasonField</name>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Goes into the journal</source>
        <translation>Записывается в журнал</translation>
    </message>
</context>
<context>
    <name>RemarkPage</name>
    <message>
        <source>What is engraved on it</source>
        <translation>Маркировка на инструменте</translation>
    </message>
    <message>
        <source>Scan or type</source>
        <translation>Отсканируйте или введите</translation>
    </message>
    <message>
        <source>What is the matter with it</source>
        <translation>Что с инструментом</translation>
    </message>
    <message>
        <source>Remove the photo</source>
        <translation>Убрать снимок</translation>
    </message>
    <message>
        <source>Photo of the tool</source>
        <translation>Снимок инструмента</translation>
    </message>
    <message>
        <source>Take another photo</source>
        <translation>Снять заново</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Сделать снимок</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>Нет изображения с камеры.</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Report a missing tool</source>
        <translation>Сообщить о пропаже</translation>
    </message>
    <message>
        <source>Which kit? Scan its label or type its number</source>
        <translation>Какой комплект? Отсканируйте метку или введите номер</translation>
    </message>
    <message>
        <source>What happened?</source>
        <translation>Что случилось?</translation>
    </message>
    <message>
        <source>Where was it used or seen last?</source>
        <translation>Где видели в последний раз?</translation>
    </message>
    <message>
        <source>What is missing?</source>
        <translation>Чего не хватает?</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Найти</translation>
    </message>
    <message>
        <source>Only a piece broke off and is missing</source>
        <translation>Пропала только отколовшаяся часть</translation>
    </message>
    <message>
        <source>The whole kit</source>
        <translation>Весь комплект</translation>
    </message>
</context>
<context>
    <name>ReportsScreen</name>
    <message>
        <source>Reports</source>
        <translation>Отчёты</translation>
    </message>
    <message>
        <source>Print ...</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Page back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Дальше</translation>
    </message>
    <message>
        <source>Save as {format}</source>
        <translation>Сохранить {format}</translation>
    </message>
    <message>
        <source>Making the report ...</source>
        <translation>Отчёт составляется…</translation>
    </message>
    <message>
        <source>Saving ...</source>
        <translation>Сохраняется…</translation>
    </message>
    <message>
        <source>Printing ...</source>
        <translation>Печатается…</translation>
    </message>
    <message>
        <source>Nothing happened in this time.</source>
        <translation>За это время ничего не было.</translation>
    </message>
    <message>
        <source>Say on the left what the report is about.</source>
        <translation>Укажите слева, о чём отчёт.</translation>
    </message>
    <message>
        <source>Show {day}, the nearest day with operations</source>
        <translation>Показать {day} — ближайший день с операциями</translation>
    </message>
    <message>
        <source>Page {page} of {pages} · touch it to enlarge it</source>
        <translation>Страница {page} из {pages} · коснитесь, чтобы увеличить</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Сохранить отчёт</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>Эта смена</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 дней</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 дней</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Всё время</translation>
    </message>
    <message>
        <source>Days ...</source>
        <translation>Даты…</translation>
    </message>
    <message>
        <source>Which kit? Scan its label or type its number</source>
        <translation>Какой комплект? Отсканируйте ярлык или введите номер</translation>
    </message>
    <message>
        <source>Which tool? Scan it or type its marking</source>
        <translation>Какой инструмент? Отсканируйте или введите маркировку</translation>
    </message>
    <message>
        <source>Whose badge?</source>
        <translation>Чей пропуск?</translation>
    </message>
    <message>
        <source>Kit (empty: all)</source>
        <translation>Комплект (пусто: все)</translation>
    </message>
    <message>
        <source>Tool (empty: all)</source>
        <translation>Инструмент (пусто: все)</translation>
    </message>
    <message>
        <source>Badge (empty: everybody)</source>
        <translation>Пропуск (пусто: все)</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>there</source>
        <translation>есть</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>дефект</translation>
    </message>
    <message>
        <source>wrong one</source>
        <translation>не тот</translation>
    </message>
    <message>
        <source>there at checkout, not seen now</source>
        <translation>при выдаче был, сейчас не видно</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>не видно</translation>
    </message>
    <message>
        <source>seen: {figure}</source>
        <translation>видно: {figure}</translation>
    </message>
    <message>
        <source>{answered} of {questions}</source>
        <translation>{answered} из {questions}</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Пересчитайте вручную</translation>
    </message>
    <message>
        <source>KIT COMPLETE</source>
        <translation>ВСЁ НА МЕСТЕ</translation>
    </message>
    <message>
        <source>NOT COMPLETE</source>
        <translation>НЕПОЛНЫЙ</translation>
    </message>
    <message>
        <source>DISCREPANCY</source>
        <translation>РАСХОЖДЕНИЕ</translation>
    </message>
    <message>
        <source>missing: {names}</source>
        <translation>не хватает: {names}</translation>
    </message>
    <message>
        <source>wrong: {names}</source>
        <translation>не тот: {names}</translation>
    </message>
    <message>
        <source>damaged: {names}</source>
        <translation>повреждено: {names}</translation>
    </message>
    <message>
        <source>extra: {names}</source>
        <translation>лишнее: {names}</translation>
    </message>
    <message>
        <source>piece missing</source>
        <translation>нет части</translation>
    </message>
    <message>
        <source>stays out</source>
        <translation>на руках</translation>
    </message>
    <message>
        <source>a piece is missing: {names}</source>
        <translation>нет части: {names}</translation>
    </message>
    <message>
        <source>stays out: {names}</source>
        <translation>остаётся на руках: {names}</translation>
    </message>
    <message>
        <source>{tool} {marking} was scanned already.</source>
        <translation>{tool} {marking} уже отсканирован.</translation>
    </message>
    <message>
        <source>{tool} belongs to kit {kit}.</source>
        <translation>{tool} — из комплекта {kit}.</translation>
    </message>
    <message>
        <source>{tool} is a spare tool of no kit.</source>
        <translation>{tool} — запасной, не из комплекта.</translation>
    </message>
    <message>
        <source>Take it away from here.</source>
        <translation>Уберите его отсюда.</translation>
    </message>
    <message>
        <source>If it lies in the place of ours, touch “wrong one”.</source>
        <translation>Если он лежит вместо нашего, нажмите «не тот».</translation>
    </message>
    <message>
        <source>No tool {code} is recorded; {belongs} belongs here. Another tool? Touch “wrong one”.</source>
        <translation>Инструмента {code} в записях нет; здесь должен быть {belongs}. Если инструмент другой, нажмите «не тот».</translation>
    </message>
    <message>
        <source>{code} is noted as the marking of: {tool}.</source>
        <translation>{code} записано как маркировка: {tool}.</translation>
    </message>
    <message>
        <source>No tool {code} is recorded at this station.</source>
        <translation>Инструмента {code} на этой станции нет.</translation>
    </message>
    <message>
        <source>Whoever hands the kit over signs</source>
        <translation>Подписывает тот, кто выдаёт комплект</translation>
    </message>
    <message>
        <source>Whoever has the kit hands it over and signs</source>
        <translation>Подписывает тот, кто передаёт комплект</translation>
    </message>
    <message>
        <source>A second person signs the count</source>
        <translation>Подсчёт подписывает второй человек</translation>
    </message>
    <message>
        <source>The kit goes out nevertheless</source>
        <translation>Комплект всё же выдаётся</translation>
    </message>
    <message>
        <source>The kit goes out in spite of an open case</source>
        <translation>Комплект выдаётся при открытом случае</translation>
    </message>
    <message>
        <source>May sign: {roles}.</source>
        <translation>Подписать может: {roles}.</translation>
    </message>
    <message>
        <source>May sign: {holder}, or a storekeeper.</source>
        <translation>Подписать может {holder} или кладовщик.</translation>
    </message>
    <message>
        <source>Kit {kit}.</source>
        <translation>Комплект {kit}.</translation>
    </message>
    <message>
        <source>The count found it incomplete.</source>
        <translation>При подсчёте комплект оказался неполным.</translation>
    </message>
    <message>
        <source>marking {marking}</source>
        <translation>маркировка {marking}</translation>
    </message>
    <message>
        <source>read: {marking}</source>
        <translation>прочитано: {marking}</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>снимок</translation>
    </message>
    <message>
        <source>IN PART</source>
        <translation>НЕ ВСЁ</translation>
    </message>
    <message>
        <source>The kit stays here. With a signature of: {roles} it goes out.</source>
        <translation>Комплект остаётся здесь. Всё же выдать может: {roles}, с подписью.</translation>
    </message>
    <message>
        <source>It goes out nevertheless, signed by {name}</source>
        <translation>Комплект всё же выдаётся, подпись: {name}</translation>
    </message>
    <message>
        <source>What stays out remains with {holder}</source>
        <translation>Остаток числится за: {holder}</translation>
    </message>
    <message>
        <source>With {holder} · taken over by {person}</source>
        <translation>Комплект у: {holder} · принимает: {person}</translation>
    </message>
    <message>
        <source>With {holder} · brought back by {person}</source>
        <translation>Комплект числится за: {holder} · сдаёт: {person}</translation>
    </message>
    <message>
        <source>{what} is no tool. Scan the tools of this kit.</source>
        <translation>{what}: это не инструмент. Сканируйте инструменты этого комплекта.</translation>
    </message>
    <message>
        <source>This station does not know that the kit is out. It is counted against its whole list; the checkout is added when it is known.</source>
        <translation>Станция не знает, что комплект выдан. Он сверяется с полным списком; выдача добавится, когда станет известна.</translation>
    </message>
    <message>
        <source>Handed out by {station}</source>
        <translation>Выдан станцией «{station}»</translation>
    </message>
</context>
<context>
    <name>ResultScreen</name>
    <message>
        <source>Back to the table</source>
        <translation>Назад к столу</translation>
    </message>
    <message>
        <source>Positions to count</source>
        <translation>Позиции для пересчёта</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Подтвердить</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Записываю…</translation>
    </message>
    <message>
        <source>Answers left: {count}</source>
        <translation>Осталось ответов: {count}</translation>
    </message>
    <message>
        <source>Discard the answers?</source>
        <translation>Отбросить ответы?</translation>
    </message>
    <message>
        <source>Cancel the operation</source>
        <translation>Отменить операцию</translation>
    </message>
    <message>
        <source>Issue nevertheless…</source>
        <translation>Всё же выдать…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>SavedPage</name>
    <message>
        <source>No search is saved yet. Choose filters, come back here and give them a name.</source>
        <translation>Сохранённых поисков пока нет. Задайте отбор, вернитесь сюда и дайте ему имя.</translation>
    </message>
    <message>
        <source>Save what you look for now</source>
        <translation>Сохранить текущий поиск</translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation>Название поиска</translation>
    </message>
    <message>
        <source>Save for me</source>
        <translation>Сохранить для меня</translation>
    </message>
    <message>
        <source>Save for everybody here</source>
        <translation>Сохранить для всех на станции</translation>
    </message>
    <message>
        <source>Forget this search</source>
        <translation>Удалить этот поиск</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Сохранённые поиски</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>для всех</translation>
    </message>
    <message>
        <source>All operations</source>
        <translation>Все операции</translation>
    </message>
</context>
<context>
    <name>SavedScreen</name>
    <message>
        <source>Saved</source>
        <translation>Записано</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>The next person can scan a badge now.</source>
        <translation>Следующий может сразу сканировать пропуск.</translation>
    </message>
    <message>
        <source>{operation} · kit {kit} · {person}</source>
        <translation>{operation} · комплект {kit} · {person}</translation>
    </message>
    <message>
        <source>Record No. {number}</source>
        <translation>Запись № {number}</translation>
    </message>
    <message>
        <source>Not issued</source>
        <translation>Не выдан</translation>
    </message>
    <message>
        <source>In part</source>
        <translation>Не всё</translation>
    </message>
</context>
<context>
    <name>Scan</name>
    <message>
        <source>{what}. Sign in with your badge first.</source>
        <translation>{what}. Сначала войдите по своему пропуску.</translation>
    </message>
    <message>
        <source>{what}. Finish or leave this page first, then scan it again.</source>
        <translation>{what}. Сначала закончите работу на этой странице или выйдите из неё, затем сканируйте ещё раз.</translation>
    </message>
    <message>
        <source>Kit {name}</source>
        <translation>Комплект {name}</translation>
    </message>
    <message>
        <source>Tool {name}</source>
        <translation>Инструмент {name}</translation>
    </message>
    <message>
        <source>Badge {badge}: {name}</source>
        <translation>Пропуск {badge}: {name}</translation>
    </message>
    <message>
        <source>Case {name}</source>
        <translation>Случай {name}</translation>
    </message>
    <message>
        <source>Operation with kit {name}</source>
        <translation>Операция с комплектом {name}</translation>
    </message>
    <message>
        <source>Report on {name}</source>
        <translation>Отчёт: {name}</translation>
    </message>
    <message>
        <source>Hash of its data: {sha256}</source>
        <translation>Хеш данных: {sha256}</translation>
    </message>
    <message>
        <source>out: {name}</source>
        <translation>выдан: {name}</translation>
    </message>
    <message>
        <source>in the toolroom</source>
        <translation>в кладовой</translation>
    </message>
    <message>
        <source>belongs to kit {kit}</source>
        <translation>из комплекта {kit}</translation>
    </message>
    <message>
        <source>a spare tool</source>
        <translation>запасной инструмент</translation>
    </message>
</context>
<context>
    <name>SetupCameraPage</name>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Without a camera</source>
        <translation>Без камеры</translation>
    </message>
    <message>
        <source>Use this camera</source>
        <translation>Взять эту камеру</translation>
    </message>
    <message>
        <source>{source}, from the next start of the program on</source>
        <translation>{source}, со следующего запуска программы</translation>
    </message>
    <message>
        <source>No camera is set. Later: an administrator touches “Set up this station”.</source>
        <translation>Камера не выбрана. Позже: администратор нажимает «Настроить станцию».</translation>
    </message>
    <message>
        <source>Which camera looks at the table?</source>
        <translation>Какая камера смотрит на стол?</translation>
    </message>
    <message>
        <source>The camera&apos;s picture</source>
        <translation>Изображение камеры</translation>
    </message>
    <message>
        <source>A camera in the network</source>
        <translation>Камера в сети</translation>
    </message>
    <message>
        <source>Address of a network camera</source>
        <translation>Адрес сетевой камеры</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Demo pictures, only to look at</source>
        <translation>Демо-снимки, только для просмотра</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Проверить ещё раз</translation>
    </message>
    <message>
        <source>Another camera holds from the next start of the program on.</source>
        <translation>Другая камера начнёт работать со следующего запуска программы.</translation>
    </message>
    <message>
        <source>The demonstration shows its own tables, whatever camera is set here.</source>
        <translation>Демонстрация показывает свои столы, какая бы камера ни была выбрана здесь.</translation>
    </message>
    <message>
        <source>Answered already: the settings name {source}.</source>
        <translation>Уже известно: в настройках указана {source}.</translation>
    </message>
    <message>
        <source>Choose one and see whether the whole table is in its picture.</source>
        <translation>Выберите камеру и посмотрите, весь ли стол виден.</translation>
    </message>
    <message>
        <source>USB camera {number}</source>
        <translation>USB-камера {number}</translation>
    </message>
    <message>
        <source>pictures from a folder</source>
        <translation>папка со снимками</translation>
    </message>
    <message>
        <source>network camera</source>
        <translation>сетевая камера</translation>
    </message>
    <message>
        <source>Looking for cameras, {seconds} s of at most {most}…</source>
        <translation>Ищу камеры: {seconds} с, не больше {most}…</translation>
    </message>
    <message>
        <source>Cameras of this computer</source>
        <translation>Камеры этого компьютера</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} пикселей</translation>
    </message>
    <message>
        <source>gives a picture</source>
        <translation>даёт изображение</translation>
    </message>
    <message>
        <source>opens, but gives no picture</source>
        <translation>открывается, но не даёт изображения</translation>
    </message>
    <message>
        <source>used by another program</source>
        <translation>занята другой программой</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>не отвечает</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>Камера включается…</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>Ищу камеры…</translation>
    </message>
    <message>
        <source>Choose a camera to see its picture.</source>
        <translation>Выберите камеру, чтобы увидеть её изображение.</translation>
    </message>
    <message>
        <source>No USB camera gives a picture.</source>
        <translation>Ни одна USB-камера не даёт изображения.</translation>
    </message>
    <message>
        <source>No USB camera gives a picture. Check its cable, try another socket, close other programs that show its picture, and look again. A camera in the network is shown by its address. Without a camera go on with demo pictures, or skip this step.</source>
        <translation>Ни одна USB-камера не даёт изображения. Проверьте кабель, попробуйте другой разъём, закройте другие программы с её изображением и проверьте ещё раз. Сетевую камеру можно показать по адресу. Без камеры продолжайте с демо-снимками или пропустите шаг.</translation>
    </message>
    <message>
        <source>Answered already: a policy of this computer names {source}. Only look whether it works.</source>
        <translation>Уже известно: политикой этого компьютера задана {source}. Проверьте только, работает ли она.</translation>
    </message>
</context>
<context>
    <name>SetupModelPage</name>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Later: an administrator touches “Set up this station”, or “Models”.</source>
        <translation>Позже: администратор нажимает «Настроить станцию» или «Модели».</translation>
    </message>
    <message>
        <source>Does recognition work?</source>
        <translation>Работает ли распознавание?</translation>
    </message>
    <message>
        <source>What the model looked at</source>
        <translation>Что видела модель</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Проверить ещё раз</translation>
    </message>
    <message>
        <source>The model looks at the camera&apos;s picture. Lay some tools on the table and let it look again.</source>
        <translation>Модель смотрит на изображение камеры. Положите на стол несколько инструментов и проверьте ещё раз.</translation>
    </message>
    <message>
        <source>No camera gives a picture, so the model looks at a table of the demonstration.</source>
        <translation>Ни одна камера не даёт изображения, поэтому модель смотрит на стол из демонстрации.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Смотрю…</translation>
    </message>
    <message>
        <source>The first time the model is loaded and verified.</source>
        <translation>В первый раз модель загружается и проверяется.</translation>
    </message>
    <message>
        <source>The model is refused</source>
        <translation>Модель не принята</translation>
    </message>
    <message>
        <source>Loaded and verified: signed by {signer}.</source>
        <translation>Загружена и проверена: подпись {signer}.</translation>
    </message>
    <message>
        <source>Loaded. The settings name it, so nobody&apos;s signature was asked for.</source>
        <translation>Загружена. Она указана в настройках, поэтому подпись не требовалась.</translation>
    </message>
    <message>
        <source>Loaded. No trusted key signed it; somebody let it in all the same.</source>
        <translation>Загружена. Доверенной подписи нет; кто-то допустил её вопреки этому.</translation>
    </message>
    <message>
        <source>Nothing was looked at yet.</source>
        <translation>Модель ещё ни на что не смотрела.</translation>
    </message>
    <message numerus="yes">
        <source>Sees %n tool(s)</source>
        <translation>
            <numerusform>Видит %n инструмент</numerusform>
            <numerusform>Видит %n инструмента</numerusform>
            <numerusform>Видит %n инструментов</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, in {seconds} s</source>
        <translation>{count} за {seconds} с</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Skip all the same</source>
        <translation>Всё равно пропустить</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Пропустить</translation>
    </message>
</context>
<context>
    <name>ShiftScreen</name>
    <message>
        <source>Number, toolkit or name</source>
        <translation>Номер, набор или фамилия</translation>
    </message>
    <message>
        <source>Search for a kit</source>
        <translation>Поиск комплекта</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Комплекты</translation>
    </message>
    <message>
        <source>Tick off one by one</source>
        <translation>Отмечать по одному</translation>
    </message>
    <message>
        <source>This station has no kits yet. Whoever keeps the catalogue adds them.</source>
        <translation>На этой станции ещё нет комплектов. Их добавляет тот, кто ведёт каталог.</translation>
    </message>
    <message>
        <source>No kit matches. Check the number, or clear the field.</source>
        <translation>Такого комплекта нет. Проверьте номер или очистите поле.</translation>
    </message>
    <message>
        <source>No kit is left here. Choose “All” to see every kit.</source>
        <translation>Здесь комплектов не осталось. Нажмите «Все», чтобы увидеть все.</translation>
    </message>
    <message>
        <source>{seen} of {count} seen</source>
        <translation>осмотрено {seen} из {count}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Смена</translation>
    </message>
    <message>
        <source>The shift has ended</source>
        <translation>Смена завершена</translation>
    </message>
    <message>
        <source>The shift has begun</source>
        <translation>Смена начата</translation>
    </message>
    <message>
        <source>End of the shift</source>
        <translation>Конец смены</translation>
    </message>
    <message>
        <source>Start of a shift</source>
        <translation>Начало смены</translation>
    </message>
    <message>
        <source>Looking up where the kits are…</source>
        <translation>Смотрим, где комплекты…</translation>
    </message>
    <message>
        <source>All: {count}</source>
        <translation>Все: {count}</translation>
    </message>
    <message>
        <source>Out: {count}</source>
        <translation>Выданы: {count}</translation>
    </message>
    <message>
        <source>To explain: {count}</source>
        <translation>Объяснить: {count}</translation>
    </message>
    <message>
        <source>Not seen: {count}</source>
        <translation>Не осмотрены: {count}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Записываем…</translation>
    </message>
    <message>
        <source>End the shift</source>
        <translation>Завершить смену</translation>
    </message>
    <message>
        <source>Begin the shift</source>
        <translation>Начать смену</translation>
    </message>
    <message>
        <source>Explain: {count}</source>
        <translation>Объяснить: {count}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>searched for, case {case}</source>
        <translation>в розыске, случай {case}</translation>
    </message>
    <message>
        <source>in the store</source>
        <translation>на складе</translation>
    </message>
    <message>
        <source>out: {name}</source>
        <translation>выдан: {name}</translation>
    </message>
    <message>
        <source>out: {name}, overdue since {when}</source>
        <translation>выдан: {name}, просрочен с {when}</translation>
    </message>
    <message>
        <source>out: {name}, until {when}</source>
        <translation>выдан: {name}, до {when}</translation>
    </message>
    <message>
        <source>It is not where the records say. What happened?</source>
        <translation>Он не там, где указано в записях. Что случилось?</translation>
    </message>
    <message>
        <source>It is overdue. Why is it still out?</source>
        <translation>Срок истёк. Почему он ещё не сдан?</translation>
    </message>
    <message>
        <source>It stays out over the end of the shift, and nobody said until when. What for?</source>
        <translation>Он остаётся на руках после смены, а срок не указан. Для чего?</translation>
    </message>
    <message>
        <source>Signing opens a case. The kit is not issued until it ends.</source>
        <translation>С подписью откроется случай. До его закрытия комплект не выдаётся.</translation>
    </message>
    <message>
        <source>It stays recorded as out until somebody brings it back by a checkin.</source>
        <translation>По записям он останется выданным, пока его не сдадут обычным порядком.</translation>
    </message>
    <message>
        <source>The case stays open until the quality department ends it.</source>
        <translation>Случай останется открытым, пока его не закроет служба качества.</translation>
    </message>
    <message>
        <source>to be explained</source>
        <translation>нужно объяснение</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>На месте</translation>
    </message>
    <message>
        <source>Still out</source>
        <translation>На руках</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Не найден</translation>
    </message>
    <message>
        <source>No shift runs</source>
        <translation>Смена не начата</translation>
    </message>
    <message>
        <source>It runs since {when}, begun by {name}</source>
        <translation>Идёт с {when}, начал(а) {name}</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>утерян</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Scan your badge</source>
        <translation>Отсканируйте пропуск</translation>
    </message>
    <message>
        <source>or type its number and press Enter</source>
        <translation>или введите его номер и нажмите Enter</translation>
    </message>
    <message>
        <source>Badge number</source>
        <translation>Номер пропуска</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Демонстрация</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Another badge</source>
        <translation>Другой пропуск</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяю…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Tap a person. The PIN of each is {pin}.</source>
        <translation>Коснитесь сотрудника. ПИН-код у всех: {pin}.</translation>
    </message>
    <message>
        <source>Nobody can sign in yet: this station has no administrator.</source>
        <translation>Войти пока некому: у этой станции нет администратора.</translation>
    </message>
    <message>
        <source>Set up this station</source>
        <translation>Настроить станцию</translation>
    </message>
</context>
<context>
    <name>SignPage</name>
    <message numerus="yes">
        <source>%n kit(s) in the store</source>
        <translation>
            <numerusform>%n комплект на складе</numerusform>
            <numerusform>%n комплекта на складе</numerusform>
            <numerusform>%n комплектов на складе</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kit(s) out</source>
        <translation>
            <numerusform>%n комплект на руках</numerusform>
            <numerusform>%n комплекта на руках</numerusform>
            <numerusform>%n комплектов на руках</numerusform>
        </translation>
    </message>
    <message>
        <source>{seen} of {count} ticked off one by one</source>
        <translation>Осмотрено по одному: {seen} из {count}</translation>
    </message>
    <message>
        <source>For the others the records stand.</source>
        <translation>Для остальных верны записи.</translation>
    </message>
    <message>
        <source>Otherwise than recorded: {kit}</source>
        <translation>Не как в записях: {kit}</translation>
    </message>
    <message>
        <source>Not to be found: {kit}</source>
        <translation>Не найден: {kit}</translation>
    </message>
    <message>
        <source>Cases opened: {numbers}</source>
        <translation>Открыты случаи: {numbers}</translation>
    </message>
    <message>
        <source>Out and explained: {kits}</source>
        <translation>На руках, объяснено: {kits}</translation>
    </message>
    <message>
        <source>Signed: {name}</source>
        <translation>Подпись: {name}</translation>
    </message>
    <message>
        <source>Where somebody hands the store over to you, or takes it over, they sign here too.</source>
        <translation>Если склад вам передают или у вас принимают, второй человек тоже подписывает здесь.</translation>
    </message>
    <message>
        <source>The other person signs</source>
        <translation>Подписывает второй человек</translation>
    </message>
    <message>
        <source>With the signature they confirm this inventory of the kits.</source>
        <translation>Подписью подтверждается эта инвентаризация комплектов.</translation>
    </message>
    <message>
        <source>Second signature</source>
        <translation>Вторая подпись</translation>
    </message>
    <message>
        <source>Another person signs too</source>
        <translation>Подписывает ещё один</translation>
    </message>
    <message numerus="yes">
        <source>%n kit(s) known to be missing</source>
        <translation>
            <numerusform>%n комплект не найден раньше</numerusform>
            <numerusform>%n комплекта не найдены раньше</numerusform>
            <numerusform>%n комплектов не найдены раньше</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignaturePanel</name>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Badge number</source>
        <translation>Номер пропуска</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>No signature</source>
        <translation>Без подписи</translation>
    </message>
    <message>
        <source>Another badge</source>
        <translation>Другой пропуск</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяю…</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Подписать</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Why? Type the reason; the record keeps it.</source>
        <translation>Почему? Введите причину: она останется в записи.</translation>
    </message>
    <message>
        <source>Scan the badge, or type its number and press Enter.</source>
        <translation>Отсканируйте пропуск или введите номер и нажмите Enter.</translation>
    </message>
</context>
<context>
    <name>Snapshot</name>
    <message>
        <source>Photo, if it helps</source>
        <translation>Фото, если поможет</translation>
    </message>
    <message>
        <source>Remove the photo</source>
        <translation>Убрать фото</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Сделать фото</translation>
    </message>
    <message>
        <source>There is no picture from the camera.</source>
        <translation>С камеры нет изображения.</translation>
    </message>
</context>
<context>
    <name>StartWindow</name>
    <message>
        <source>Toolroom</source>
        <translation>Инструментальная</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <translation>Станция запускается</translation>
    </message>
    <message>
        <source>The station cannot start</source>
        <translation>Станция не может запуститься</translation>
    </message>
    <message>
        <source>The station is closing</source>
        <translation>Станция завершает работу</translation>
    </message>
    <message>
        <source>Health of this station</source>
        <translation>Состояние станции</translation>
    </message>
</context>
<context>
    <name>StatePage</name>
    <message>
        <source>Nobody changes this state by hand: a lost tool comes back with its case, a retired one never.</source>
        <translation>Это состояние вручную не меняется: утерянный инструмент возвращается с закрытием случая, списанный — никогда.</translation>
    </message>
</context>
<context>
    <name>StationSwitch</name>
    <message>
        <source>This station</source>
        <translation>Эта станция</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>Все станции</translation>
    </message>
    <message>
        <source>Whose records are shown</source>
        <translation>Чьи записи показаны</translation>
    </message>
</context>
<context>
    <name>Stations</name>
    <message>
        <source>Shown: this station&apos;s records.</source>
        <translation>Показаны записи этой станции.</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>{time} (вчера)</translation>
    </message>
    <message>
        <source>All stations as of {when}</source>
        <translation>Все станции, данные на {when}</translation>
    </message>
    <message>
        <source>All stations, not complete yet: {held} of {all} entries are here</source>
        <translation>Все станции, пока не полностью: получено записей {held} из {all}</translation>
    </message>
    <message>
        <source>All stations, not complete yet: they come from the centre</source>
        <translation>Все станции, пока не полностью: записи приходят из центра</translation>
    </message>
    <message>
        <source>no connection to the centre</source>
        <translation>нет связи с центром</translation>
    </message>
    <message>
        <source>no connection since {when}</source>
        <translation>нет связи с {when}</translation>
    </message>
    <message>
        <source>the journal of {stations} does not hold at the centre</source>
        <translation>журнал станции {stations} в центре нарушен</translation>
    </message>
    <message>
        <source>the journals of {stations} do not hold at the centre</source>
        <translation>журналы станций {stations} в центре нарушены</translation>
    </message>
</context>
<context>
    <name>StepPage</name>
    <message>
        <source>Continue</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Later: an administrator touches “Set up this station”.</source>
        <translation>Позже: администратор нажимает «Настроить станцию».</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найден</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Не найден</translation>
    </message>
    <message>
        <source>It counts as lost only after two people have searched, each in their own name.</source>
        <translation>Утерянным он считается, только когда поискали двое, каждый от своего имени.</translation>
    </message>
    <message>
        <source>Where was it found?</source>
        <translation>Где найден?</translation>
    </message>
    <message>
        <source>Where was searched?</source>
        <translation>Где искали?</translation>
    </message>
    <message>
        <source>What came of it?</source>
        <translation>Что выяснилось?</translation>
    </message>
    <message>
        <source>What is to be remembered?</source>
        <translation>Что нужно запомнить?</translation>
    </message>
    <message>
        <source>Anything to add?</source>
        <translation>Есть что добавить?</translation>
    </message>
    <message>
        <source>Why is the aircraft safe?</source>
        <translation>Почему воздушное судно безопасно?</translation>
    </message>
    <message>
        <source>Why is it searched for again?</source>
        <translation>Почему ищут снова?</translation>
    </message>
</context>
<context>
    <name>SyncIndicator</name>
    <message>
        <source>Exchange with the centre</source>
        <translation>Обмен с центром</translation>
    </message>
</context>
<context>
    <name>SyncScreen</name>
    <message>
        <source>Exchange with the centre</source>
        <translation>Обмен с центром</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Передать сейчас</translation>
    </message>
    <message>
        <source>Choose the enrolment file</source>
        <translation>Выбрать файл подключения</translation>
    </message>
    <message>
        <source>Another enrolment file</source>
        <translation>Другой файл подключения</translation>
    </message>
    <message>
        <source>This station belongs to no centre</source>
        <translation>Эта станция не подключена к центру</translation>
    </message>
    <message>
        <source>It works by itself, and everything is kept here. A centre gathers the records of all stations and keeps them should this computer be lost.</source>
        <translation>Она работает сама по себе, и всё хранится здесь. Центр собирает записи всех станций и сохранит их, если этот компьютер пропадёт.</translation>
    </message>
    <message>
        <source>To let it belong to one: have the centre&apos;s administrator add a site for it (toolroom central add-site), bring the enrolment file here, and choose it. It counts at once; delete the file then.</source>
        <translation>Чтобы подключить её, попросите администратора центра добавить для неё площадку (toolroom central add-site), перенесите файл подключения сюда и выберите его. Подключение действует сразу; файл после этого удалите.</translation>
    </message>
    <message>
        <source>An administrator of this station sets that up, on this page.</source>
        <translation>Подключает её администратор этой станции, на этой же странице.</translation>
    </message>
    <message>
        <source>Asking the centre whether it lets this station in…</source>
        <translation>Спрашиваем центр, пускает ли он эту станцию…</translation>
    </message>
    <message>
        <source>Syncing… You may go on working meanwhile.</source>
        <translation>Идёт обмен… Работать можно и дальше.</translation>
    </message>
    <message>
        <source>The centre cannot be reached</source>
        <translation>Нет связи с центром</translation>
    </message>
    <message>
        <source>The centre cannot be reached, since {when}</source>
        <translation>Нет связи с центром с {when}</translation>
    </message>
    <message>
        <source>Everything recorded here is at the centre</source>
        <translation>Всё, что записано здесь, есть в центре</translation>
    </message>
    <message>
        <source>Something waits for the centre</source>
        <translation>Не всё ещё передано в центр</translation>
    </message>
    <message>
        <source>Somebody must look at this</source>
        <translation>Здесь нужен человек</translation>
    </message>
    <message>
        <source>It goes by itself; nobody need do anything.</source>
        <translation>Передача идёт сама; делать ничего не нужно.</translation>
    </message>
    <message>
        <source>Go on working: everything is kept here and goes by itself.</source>
        <translation>Работайте дальше: всё хранится здесь и будет передано само.</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>только что</translation>
    </message>
    <message>
        <source>Entries that wait</source>
        <translation>Записей ждёт передачи</translation>
    </message>
    <message>
        <source>Photos that wait</source>
        <translation>Снимков ждёт передачи</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>Последний успешный обмен</translation>
    </message>
    <message>
        <source>never yet</source>
        <translation>ещё не было</translation>
    </message>
    <message>
        <source>Set apart at the centre</source>
        <translation>Отложено в центре</translation>
    </message>
    <message>
        <source>Clock of this station</source>
        <translation>Часы этой станции</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Обмен</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>{span} ahead of the centre&apos;s. Set it right.</source>
        <translation>спешат на {span} относительно центра. Поправьте их.</translation>
    </message>
    <message>
        <source>{span} behind the centre&apos;s. Set it right.</source>
        <translation>отстают на {span} от часов центра. Поправьте их.</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Центр</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>Подключение</translation>
    </message>
    <message>
        <source>in this computer&apos;s key store</source>
        <translation>в хранилище ключей этого компьютера</translation>
    </message>
    <message>
        <source>in a file of the data folder, for want of a key store; nobody else may read that folder</source>
        <translation>в файле папки данных, потому что хранилища ключей нет; никто другой не должен читать эту папку</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>This station there</source>
        <translation>Эта станция там</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Здесь</translation>
    </message>
    <message>
        <source>At the centre alone</source>
        <translation>Только в центре</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Снимки</translation>
    </message>
    <message>
        <source>{count} ({megabytes} MB)</source>
        <translation>{count} ({megabytes} МБ)</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>{count} мин назад</translation>
    </message>
    <message>
        <source>{count} h ago</source>
        <translation>{count} ч назад</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>{count} дн. назад</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} с</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} мин</translation>
    </message>
    <message>
        <source>Not taken over from the centre</source>
        <translation>Не принято от центра</translation>
    </message>
    <message>
        <source>Model of the centre</source>
        <translation>Модель центра</translation>
    </message>
    <message>
        <source>refused here; why is said above</source>
        <translation>здесь не принята; причина — выше</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>Centre: needs</source>
        <translation>Центр: нужен</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>человек</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Нет связи</translation>
    </message>
    <message>
        <source>since {when}</source>
        <translation>с {when}</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Обмена ещё не было</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>Передано</translation>
    </message>
    <message>
        <source>{count} pending</source>
        <translation>Ждёт: {count}</translation>
    </message>
</context>
<context>
    <name>TablePage</name>
    <message>
        <source>Columns with a mark are shown, in this order. They are remembered for you.</source>
        <translation>Столбцы с отметкой видны в этом порядке. Он запоминается для вас.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Столбцы</translation>
    </message>
    <message>
        <source>Further left</source>
        <translation>Левее</translation>
    </message>
    <message>
        <source>Further right</source>
        <translation>Правее</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Как было сначала</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Сначала старые</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Сначала новые</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>Скрыть столбец</translation>
    </message>
    <message>
        <source>Show this column</source>
        <translation>Показать столбец</translation>
    </message>
</context>
<context>
    <name>ToolForm</name>
    <message>
        <source>Calibration: the last day on which it is good, as 31.03.2027; empty for none.</source>
        <translation>Поверка: последний день действия, например 31.03.2027; пусто, если поверка не нужна.</translation>
    </message>
</context>
<context>
    <name>ToolList</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n снимок</numerusform>
            <numerusform>%n снимка</numerusform>
            <numerusform>%n снимков</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ToolPage</name>
    <message>
        <source>Which tool?</source>
        <translation>Какой инструмент?</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
    <message>
        <source>Or a tool that is not in the list</source>
        <translation>Или инструмент, которого нет в списке</translation>
    </message>
    <message>
        <source>Name in Russian</source>
        <translation>Название по-русски</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>Название по-английски</translation>
    </message>
    <message>
        <source>Short name for files and models, in Latin letters</source>
        <translation>Краткое имя латиницей — для файлов и модели</translation>
    </message>
    <message>
        <source>Photograph the new tool</source>
        <translation>Снимать новый инструмент</translation>
    </message>
    <message>
        <source>spare, in no kit</source>
        <translation>запасной, не в комплекте</translation>
    </message>
    <message>
        <source>needs none</source>
        <translation>не нужна</translation>
    </message>
    <message>
        <source>Fetching the photo ...</source>
        <translation>Загружаю фото…</translation>
    </message>
    <message>
        <source>The journal says nothing about this tool yet.</source>
        <translation>В журнале об этом инструменте пока ничего нет.</translation>
    </message>
</context>
<context>
    <name>ToolTableModel</name>
    <message>
        <source>Tool</source>
        <translation>Инструмент</translation>
    </message>
    <message>
        <source>Marking</source>
        <translation>Маркировка</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Серийный номер</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Поверка</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>пусто</translation>
    </message>
    <message>
        <source>not written down</source>
        <translation>не записан</translation>
    </message>
</context>
<context>
    <name>ToolWords</name>
    <message>
        <source>serviceable</source>
        <translation>исправен</translation>
    </message>
    <message>
        <source>unserviceable</source>
        <translation>неисправен</translation>
    </message>
    <message>
        <source>in repair</source>
        <translation>в ремонте</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>утерян</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>списан</translation>
    </message>
    <message>
        <source>over since {day}</source>
        <translation>истекла {day}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>до {day}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>Комплект</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Part number</source>
        <translation>Артикул</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Серийный номер</translation>
    </message>
    <message>
        <source>Marking</source>
        <translation>Маркировка</translation>
    </message>
    <message>
        <source>Calibration until</source>
        <translation>Поверка до</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Фото</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Written down</source>
        <translation>Внесён</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Изменён</translation>
    </message>
    <message>
        <source>Swapped</source>
        <translation>Замена</translation>
    </message>
    <message>
        <source>Taken out of its kit</source>
        <translation>Вынут из комплекта</translation>
    </message>
    <message>
        <source>Put into a kit</source>
        <translation>Положен в комплект</translation>
    </message>
    <message>
        <source>Taken in from a list</source>
        <translation>Загружен из списка</translation>
    </message>
    <message>
        <source>Case {case} opened</source>
        <translation>Открыт случай {case}</translation>
    </message>
    <message>
        <source>missing at a count</source>
        <translation>отсутствовал при подсчёте</translation>
    </message>
    <message>
        <source>damaged at a count</source>
        <translation>повреждён, найдено при подсчёте</translation>
    </message>
    <message>
        <source>broken at a count, a piece is missing</source>
        <translation>сломан, нет куска: найдено при подсчёте</translation>
    </message>
    <message>
        <source>another tool lay in its place at a count</source>
        <translation>при подсчёте на его месте лежал другой</translation>
    </message>
    <message>
        <source>{day}
ends soon</source>
        <translation>{day}
скоро истекает</translation>
    </message>
</context>
<context>
    <name>ToolsScreen</name>
    <message>
        <source>Import</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Выгрузить</translation>
    </message>
    <message>
        <source>Put a tool in</source>
        <translation>Положить</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Фото</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Вынуть</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>Data of {tool}</source>
        <translation>Данные: {tool}</translation>
    </message>
    <message>
        <source>Write a tool down: {tool}</source>
        <translation>Внести инструмент: {tool}</translation>
    </message>
    <message>
        <source>What state is {tool} in now?</source>
        <translation>В каком состоянии теперь {tool}?</translation>
    </message>
    <message>
        <source>What takes the place of {tool}?</source>
        <translation>Что поставить вместо {tool}?</translation>
    </message>
    <message>
        <source>Which {tool} goes in?</source>
        <translation>Что положить: {tool}?</translation>
    </message>
    <message>
        <source>Why does {tool} leave its kit?</source>
        <translation>Почему {tool} убирают из комплекта?</translation>
    </message>
    <message>
        <source>Lay {tool} before the camera</source>
        <translation>Положите {tool} перед камерой</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) taken in from the list.</source>
        <translation>
            <numerusform>Из списка загружен %n инструмент.</numerusform>
            <numerusform>Из списка загружено %n инструмента.</numerusform>
            <numerusform>Из списка загружено %n инструментов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s) written to {path}</source>
        <translation>
            <numerusform>%n инструмент записан в {path}</numerusform>
            <numerusform>%n инструмента записано в {path}</numerusform>
            <numerusform>%n инструментов записано в {path}</numerusform>
        </translation>
    </message>
    <message>
        <source>Write down</source>
        <translation>Внести</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Put in</source>
        <translation>Положить</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Снять</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Import tools</source>
        <translation>Загрузка инструмента</translation>
    </message>
    <message>
        <source>Export tools</source>
        <translation>Выгрузка инструмента</translation>
    </message>
    <message>
        <source>Lists (*.xlsx *.csv);;Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Списки (*.xlsx *.csv);;Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Этикетки</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Toolroom</source>
        <translation>Инструментальная</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Демонстрация</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>Сменить язык</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Change my PIN</source>
        <translation>Сменить мой ПИН-код</translation>
    </message>
</context>
<context>
    <name>WhichScreen</name>
    <message>
        <source>“{code}” is the name of several things. Which one?</source>
        <translation>«{code}» обозначает несколько вещей. Что имеется в виду?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Checkout</source>
        <translation>Выдача</translation>
    </message>
    <message>
        <source>Checkin</source>
        <translation>Сдача</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>Передача</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>Инвентаризация</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Всё на месте</translation>
    </message>
    <message>
        <source>Discrepancy</source>
        <translation>Расхождение</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Нужен пересчёт</translation>
    </message>
    <message>
        <source>present</source>
        <translation>на месте</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>под вопросом</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>found</source>
        <translation>на месте</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>повреждён</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>Инженер</translation>
    </message>
    <message>
        <source>Storekeeper</source>
        <translation>Кладовщик</translation>
    </message>
    <message>
        <source>Shift lead</source>
        <translation>Начальник смены</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Контроль качества</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>wrong part</source>
        <translation>не тот</translation>
    </message>
    <message>
        <source>a piece is missing</source>
        <translation>нет части</translation>
    </message>
    <message>
        <source>stays out</source>
        <translation>остаётся на руках</translation>
    </message>
</context>
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n операция</numerusform>
            <numerusform>%n операции</numerusform>
            <numerusform>%n операций</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) not here yet</source>
        <translation>
            <numerusform>%n запись ещё не получена</numerusform>
            <numerusform>%n записи ещё не получены</numerusform>
            <numerusform>%n записей ещё не получено</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>давность %n день</numerusform>
            <numerusform>давность %n дня</numerusform>
            <numerusform>давность %n дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) old</source>
        <translation>
            <numerusform>давность %n час</numerusform>
            <numerusform>давность %n часа</numerusform>
            <numerusform>давность %n часов</numerusform>
        </translation>
    </message>
</context>
</TS>
