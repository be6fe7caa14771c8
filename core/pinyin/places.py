"""Places whose official reading is not what their characters usually say."""

from __future__ import annotations

# Names with their official reading, behind / the one that people type where it isn't that of the single
# characters (it may be that of a word of the dictionary). Every place of county level and above on the list
# of the Ministry of Civil Affairs of 2024 whose syllables aren't its characters' first readings, and some
# towns.
_TABLE = (
    "阿勒泰 a le tai|阿图什 a tu shi|宝坻 bao di|蚌埠 beng bu|蚌山 beng shan|泌阳 bi yang|泊头 bo tou|"
    "策勒 ce le|长安 chang an|长白 chang bai|长春 chang chun|昌都 chang du|长丰 chang feng|长葛 chang ge|"
    "长海 chang hai|长乐 chang le|长岭 chang ling|长宁 chang ning|长清 chang qing|长沙 chang sha|"
    "长寿 chang shou|长顺 chang shun|长泰 chang tai|长汀 chang ting|长武 chang wu|长兴 chang xing|"
    "长阳 chang yang|长垣 chang yuan|长治 chang zhi|长洲 chang zhou|朝阳 chao yang/zhao yang|"
    "成都 cheng du|重庆 chong qing|大埔 da bu|大城县 dai cheng xian|丹棱 dan leng/dan ling|东阿 dong e|"
    "都安 du an|都昌 du chang|都江堰 du jiang yan|都兰 du lan|都匀 du yun|繁峙 fan shi|丰都 feng du|"
    "佛冈 fo gang|佛坪 fo ping|佛山 fo shan|弓长岭 gong chang ling|涡阳 guo yang|红寺堡 hong si bu|"
    "洪洞 hong tong|花都 hua du|黄陂 huang pi|珲春 hun chun|霍林郭勒 huo lin guo le|伽师 jia shi|"
    "江都 jiang du|筠连 jun lian|喀什 ka shi|康巴什 kang ba shi|克什克腾 ke shi ke teng|"
    "克孜勒苏 ke zi le su|崆峒 kong tong|库尔勒 ku er le|昆都仑 kun du lun|浪卡子 lang ka zi/lang qia zi|"
    "乐陵 lao ling/le ling|乐亭 lao ting|乐都 le du|莲都 lian du|龙圩 long xu|六安 lu an|六合 lu he|"
    "略阳 lue yang/lve yang|漯河 luo he/ta he|马尾 ma wei/ma yi|弥勒 mi le|闵行 min hang|"
    "民乐 min le/min yue|牟定 mou ding/mu ding|穆棱 mu ling|牟平 mu ping|南乐 nan le/nan yue|"
    "尼勒克 ni le ke|宁都 ning du|番禺 pan yu|郫都 pi du|犍为 qian wei|茄子河 qie zi he|秦都 qin du|"
    "覃塘 qin tang/tan tang|三都 san du|单县 shan xian|商都 shang du|召陵 shao ling|什邡 shi fang|"
    "疏勒 shu le|绥棱 sui leng/sui ling|塔什库尔干 ta shi ku er gan|宕昌 tan chang|天长 tian chang|"
    "万柏林 wan bai lin/wan bo lin|望都 wang du|魏都 wei du|吴堡 wu bu|武都 wu du|乌什 wu shi|"
    "锡林郭勒 xi lin guo le|西藏 xi zang|厦门 xia men|襄都 xiang du|解州 xie zhou/hai zhou|新都 xin du|"
    "信都 xin du|莘庄 xin zhuang|浒关 xu guan|浒墅关 xu shu guan|浚县 xun xian|延长 yan chang|"
    "盐都 yan du|铅山 yan shan|尧都 yao du|宜都 yi du|殷都 yin du|荥经 ying jing|于都 yu du|雩都 yu du|"
    "尉犁 yu li|蔚县 yu xian|乐清 yue qing|曾都 zeng du|长子县 zhang zi xian/chang zi xian|中牟 zhong mu|"
    "子长 zi chang|枞阳 zong yang"
)
PLACES = {
    name: tuple(tuple(reading.split()) for reading in said.split("/"))
    for name, _blank, said in (entry.partition(" ") for entry in _TABLE.split("|"))
}
"""Name -> its reading, one syllable per character, and the other one where that is named."""
