"""Given names that tell a person's gender in news of the world; names borne by both are left out. Our own list."""

from __future__ import annotations

_MALE = """
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric
jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis jerry
tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah jeremy christian keith roger terry
gerald harold sean austin carl arthur lawrence dylan jesse bryan joe billy bruce albert willie gabriel logan alan juan
wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny bill tom jim mike dave steve tony rick
dan ken jeff greg fred harry ed ted bob ron don tim matt chris nick ben phil ray barry glenn neil colin ian graham
nigel simon martin stuart malcolm gordon alistair angus hamish declan liam conor brendan gareth rhys owen oliver
hugh rupert jeremy keir boris rishi humza sadiq ed alex max oscar felix leo theo hugo victor marcus julian adrian
dominic gavin clive trevor desmond cyril jacob thabo nelson julius kgalema barack joe antony lloyd mitt marco ted newt
chuck mitch bernie jimmy ronald dwight franklin theodore abraham ulysses pete jd elon jeff sundar satya tim larry
emmanuel françois francois jean pierre jacques michel nicolas édouard edouard gérard gerard philippe alain laurent
olivier antoine guillaume julien sébastien sebastien bruno thierry henri marcel rené rene luc yves xavier didier
hans klaus jürgen juergen wolfgang helmut gerhard friedrich olaf karl heinz günter guenter dieter frank-walter horst
sigmar heiko boris joachim uwe stefan thomas markus jens robert christian lars sven bjorn björn erik nils anders
jonas mads soren søren henrik magnus gustav carl ulf fredrik göran goran kjell stefan pekka petteri sauli juha mika
giovanni giuseppe mario matteo silvio luigi paolo marco antonio francesco romano massimo enrico giulio sergio
giancarlo roberto carlo pietro guido josé jose juan carlos luis miguel pedro pablo jorge fernando francisco manuel
javier rafael alejandro andrés andres diego raúl raul enrique felipe alberto ricardo eduardo hugo nicolás nicolas
evo álvaro alvaro iván ivan gustavo jair luiz lula michel joão joao josé marcelo rodrigo nayib daniel mauricio
oscar cesar césar hector héctor victor víctor ramón ramon jesús jesus ernesto mariano iñaki pau artur carles oriol
vladimir dmitry dmitri sergei sergey alexei alexey aleksei mikhail nikolai nikolay boris igor oleg yuri yury viktor
andrei andrey anatoly yevgeny evgeny konstantin ivan pavel maxim anton denis roman ruslan ramzan alexander aleksandr
volodymyr petro oleksandr oleksiy oleksii mykola serhiy dmytro denys andriy andrii yuriy vasyl taras bohdan kyrylo
vitali vitaliy rustem valery valerii leonid ihor stanislav lech jarosław jaroslaw andrzej mateusz bronisław bronislaw
radoslaw radosław radek aleksander marek piotr tomasz krzysztof wojciech václav vaclav miloš milos petr andrej
robert zoran boris janez borut miro slobodan aleksandar radovan ratko milorad ivica tomislav vojislav franjo
ivo stjepan viktor józsef jozsef péter gyula ferenc lászló laszlo zoltán zoltan gábor gabor traian klaus ion
victor mircea nicolae boyko rumen kiril plamen alexis kyriakos antonis george costas kostas nikos giorgos andreas
recep abdullah ahmet mehmet mustafa ali hasan hüseyin huseyin ibrahim ismail süleyman suleyman kemal bülent bulent
binali mevlüt mevlut hulusi hakan tayyip selahattin fethullah devlet ekrem yasar muharrem murat emre ömer omer osman
benjamin binyamin yitzhak shimon ehud ariel yair naftali benny avigdor reuven isaac moshe yoav israel gideon itamar
bezalel danny daniel ron eli yossi amos uri gadi herzi avi shlomo chaim menachem yehuda aharon dov zvi
mohammed mohammad muhammad mohamed ahmed ahmad mahmoud hassan hussein khaled khalid omar umar yousef yusuf youssef
abdel abdul abdulaziz abdulrahman abdelaziz faisal saud salman fahd turki bandar nayef sultan saleh salah saeed said
hamad tamim khalifa mohamed zayed bashar hafez walid riyad farouk rafik rafiq saad najib nabih michel samir hassan
nouri haider adel mustafa barham muqtada moqtada ayad iyad jalal masoud massoud nechirvan saddam tariq muammar
khalifa fayez aguila kais habib rachid abdelmadjid abdelilah aziz mohamed hosni sameh amr anwar gamal mamdouh
yasser yasir ismail yahya marwan saeb jibril mahdi ali hasan reza ebrahim javad hossein mehdi akbar qassem qasem
esmail hamid ashraf hamidullah burhanuddin zalmay gulbuddin mullah hibatullah sirajuddin zabihullah asif nawaz
shehbaz shahbaz imran pervez bilawal yousuf raza shah asim qamar raheel ishaq khawaja rehman narendra manmohan rahul
amit rajnath arun atal subrahmanyam ajit anil sanjay rajiv sunil vijay ravi suresh ramesh mahesh dinesh yogi arvind
lalu nitish akhilesh uddhav sharad mahinda gotabaya maithripala ranil anura pushpa sher hun srettha prayut prayuth
thaksin abhisit anutin joko prabowo susilo abdurrahman suharto anwar mahathir najib muhyiddin ismail anies ganjar
rodrigo benigno ferdinand fidel joseph leni jejomar lawrence shinzo fumio yoshihide junichiro taro yukio naoto
yoshihiko shigeru yasuo toshimitsu katsuya takeshi hideki kenji hiroshi kazuo satoshi ichiro koichi yoshimasa itsunori
xi jinping keqiang qiang jiabao jintao zemin rongji peng wen-bin wenbin lijian jiechi william kenneth
kwame kofi john nana jerry goodluck muhammadu olusegun bola atiku umaru sani ibrahim yakubu nnamdi peter chinua
william uhuru raila mwai daniel kalonzo musalia rigathi yoweri bobi kizza paul juvenal pierre evariste felix moise
joseph laurent mobutu etienne martin denis patrice robert emmerson morgan nelson tendai hakainde edgar rupiah
lazarus peter cyril jacob thabo julius mangosuthu gatsha tokyo trevor siyabonga salva riek omar abdalla
abiy hailemariam meles debretsion getachew isaias idriss mahamat alassane laurent guillaume macky ousmane bassirou
abdoulaye alpha mamady lansana blaise roch paul-henri mamadou mohamed mahamadou amadou assimi choguel ibrahim faure
patrice paul ali omar brice teodoro jose joao filipe armando joaquim afonso george charles prince
scott kevin malcolm tony anthony bob paul john julian peter richard josh craig winston christopher bill
justin stephen jean mark pierre jagmeet doug francois paul brian andrew erin thomas
hiroyuki ravil tedros rafael ban antónio antonio josep herman charles donald jens mark anders javier willy christophe
volker filippo martin stephane stéphane jan kris tor geir espen staffan lakhdar ghassan hans mohamed yukiya jim
kash hakeem kayse abdi abdullahi hassan mukhtar aden sheikh farah yusuf
"""

_FEMALE = """
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley
kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy
angela shirley anna brenda pamela emma nicole samantha katherine christine debra rachel carolyn janet catherine maria
heather diane olivia julie joyce victoria kelly christina lauren joan evelyn judith megan andrea cheryl hannah
jacqueline martha gloria teresa ann sara madison frances kathryn janice abigail alice julia judy sophia
grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla
lori jane kate katie liz lizzie beth sue susie anne annie ellen eleanor rose lucy amelia chloe ruth hazel fiona
nicola theresa priti suella penny yvette rachel angela bridget lisa emily caroline harriet margaret gillian
hillary condoleezza madeleine kamala nancy elena sonia ketanji ivanka melania michelle jill laura kellyanne nikki
susana sarah kristi tulsi pam karine jen loretta janet samantha victoria wendy elise kirsten gretchen
stacey letitia fani marjorie lauren ilhan rashida ayanna alexandria elaine betsy linda kayleigh stormy
angela ursula annegret annalena christine andrea sahra alice franziska claudia katrin manuela heidi gudrun
brigitte ségolène segolene marine martine christiane anne valérie valerie florence élisabeth elisabeth catherine
rachida nathalie sylvie michèle édith edith simone agnès agnes roselyne amélie amelie
giorgia federica emma maria francesca chiara elly laura paola roberta virginia daniela licia silvia alessandra
mette helle erna siv magdalena annika margot margrethe sanna tarja elina krista katrín katrin jóhanna johanna
vigdis vigdís ingrid astrid kaja kersti dalia ingrida laima evika vaira
dilma cristina michelle laura keiko dina claudia xiomara violeta mireya rosalía rosalia carmen isabel ana
beatriz soledad inés ines elena lucia lucía pilar dolores ada irene yolanda delcy corina maría delfina josefina
alejandra verónica veronica gabriela patricia mónica monica francia martha rigoberta marina marta luisa graça graca
maria olga svetlana sviatlana natalia natalya tatiana tatyana ekaterina yekaterina irina anna yulia yuliya ksenia
valentina elvira galina lyudmila ludmila margarita marina nadezhda oksana olena iryna kateryna viktoria daria darya
ruslana maia salome ana ewa beata anna zuzana iveta alenka kolinda jadranka vjosa atifete ana natasa nataša biljana
tansu meral emine güler guler canan leyla aynur gülten gulten pervin
golda tzipi ayelet miri shelly merav tamar limor orly gila hanan hanin nabila
fatima fatma aisha khadija mariam maryam leila layla zainab zeinab zahra nadia hala rania asma haifa amal hanan
samira salma dina reem noura nora huda lubna tawakkol shirin shireen narges masih nasrin mahsa masoumeh
benazir hina maryam malala fatima asma sherry hasina khaleda indira sonia priyanka pratibha droupadi
mamata mayawati sushma nirmala jayalalithaa smriti chandrika sirimavo bidya sushila suu yingluck paetongtarn
megawati retno puan susi sri corazon gloria leni imelda sara maria risa loren miriam
yoriko makiko yuriko tomomi yoko sanae seiko renho haruko keiko naomi masako kiko aiko
geun-hye kyung-wha son-hui yo-jong sol-ju ing-wen chunying ning carrie regina anson
ellen joyce samia winnie nkosazana graça phumzile naledi lindiwe thuli helen zindzi grace auxillia fatou aminata
folorunsho ngozi oby amina aisha oluremi folake ama yaa adwoa wangari martha charity amani nyiva wambui njeri
agnes catherine bineta aïssata aminatou agathe victoire louise jeannette espérance esperance denise antoinette
julia julie penny marise bronwyn tanya linda jacinda helen jenny paula nanaia chrystia mélanie melanie kim anita
jody deb andrea rachel christine kristalina roberta catherine henrietta cindy valerie michelle louise mary
navi radhika sadako margaret gro asma carla irina audrey phumzile sima winnie
"""


_BOTH = frozenset(
    """kelly andrea nicola ashley kim robin lindsey jan joan carol jean alexis leslie kay pat alex sam dominique simone
    dana tracy jackie sandy jody jo angel nikita sasha noa taylor jordan morgan jamie casey marion kerry stacey
    ariel lee ray long victoria paris chelsea asia india georgia sydney austin dallas florence israel
    will rich hope may april june august""".split()
)
"""Given names of both sexes, and names that are places or words as well."""


def _read(names: str) -> frozenset[str]:
    return frozenset(names.split()) - _BOTH


_male, _female = _read(_MALE), _read(_FEMALE)
GENDER: dict[str, str] = {
    **dict.fromkeys(sorted(_male - _female), "m"),
    **dict.fromkeys(sorted(_female - _male), "f"),
}
"""``m`` or ``f`` by given name, lower case."""
