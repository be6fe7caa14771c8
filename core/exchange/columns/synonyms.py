"""What people call things: headers in Chinese and English for every column of the store.

A noun names a thing, and a header is the noun alone (“门店”), its name (“门店名称”) or its code
(“门店编码”). Everything else is a list of headers per column; a list under ``table.column`` counts
before the list under ``column``.
"""

from __future__ import annotations

NOUNS: dict[str, str] = {
    "region": (
        "区域|地区|大区|片区|省区|战区|分区|辖区|销售区域|市场区域|所属区域|所在区域|所属地区|"
        "责任区域|行政区|行政区划|省份|省|城市|地市|地级市|市州|州市|盟市|地州|地州市|市|区县|县区|市县|县市|县市区|市县区|区县市|市区县|区市县|旗县|旗县区|旗县市区|县级市|县域|县|区|乡镇|镇|街道|"
        "乡镇街道|归属区域|region|area|territory|district|province|city|county|town"
    ),
    "dealer": (
        "经销商|代理商|分销商|批发商|配送商|往来单位|购货单位|购货方|sold-to pt|sold-to party|"
        "一批商|一级经销商|总经销|二批商|二批|客户|供货商|供应商|"
        "供货经销商|所属经销商|商户|dealer|distributor|wholesaler|customer|agent|supplier"
    ),
    "terminal": (
        "终端|门店|网点|店铺|店|商店|流向客户|下游客户|售点|零售店|零售商|零售终端|零售网点|终端门店|终端客户|客户|"
        "店面|药店|超市|卖场|terminal|outlet|store|shop|customer|client|pos|point of sale|retailer"
    ),
    "employee": (
        "业代|业务员|客户经理|业务代表|销售代表|销售员|销售人员|业务人员|员工|人员|职员|责任人|"
        "负责人|跟进人|拜访人|业务|业务经理|片区业务|责任业代|责任业务员|维护人|employee|rep|"
        "sales rep|salesperson|salesman|staff|representative|owner"
    ),
    "company": (
        "公司|竞品|对手|竞争对手|竞争品牌|竞品公司|竞品品牌|厂家|厂商|企业|品牌|品牌商|生产商|"
        "生产厂家|制造商|竞争者|company|brand|competitor|manufacturer|rival|producer|vendor"
    ),
    "product": ("产品|商品|品项|单品|货品|物料|存货|sku|品种|产品规格|item|product|article|goods|material"),
    "market": "市场|细分市场|market|segment",
    "target_plan": "计划|方案|目标计划|版本计划|plan",
}
NAME_ENDINGS = (
    "名称",
    "名",
    "全称",
    "简称",
    "姓名",
    "name",
    " name",
    "_name",
)
CODE_ENDINGS = [
    "编号",
    "编码",
    "代码",
    "代号",
    "号码",
    "id",
    "号",
    "码",
    "工号",
    "code",
    " code",
    "_code",
    " id",
    "_id",
    " no",
    " no.",
    "no",
    "no.",
    " number",
    "number",
    "_no",
]
BARE_NAMES = "名称|名字|全称|姓名|店名|户名|name|full name|title"
BARE_CODES = "编号|编码|代码|代号|id|code|no|no.|number|key"
OWN_NAMES = {
    "terminal": "店名|门店全称|门头|门头名称|客户|网点全称",
    "employee": "姓名|人名|业务员姓名",
    "product": "品名|商品全称|产品全称|货品全称",
    "region": "区域名|地名",
    "dealer": "商户名|户头|客户全称|单位名称|公司名称",
    "company": "公司名|企业名称|厂名",
    "market": "市场名",
    "target_plan": "计划名",
}
OWN_CODES = {
    "terminal": "店号|终端号|门店号|客户代码",
    "employee": "工号|员工号|员工编码|职工号|人员编号",
    "product": "货号|物料号|sku|sku编码|商品条码|条码|69码|存货编码",
    "region": "adcode|区划代码|行政区划代码|地区代码",
    "dealer": "客户号|户号",
}
COLUMNS: dict[str, str] = {
    "month": (
        "月份|月|年月|期间|月度|日期|时间|统计月份|统计期间|销售月份|业务月份|所属月份|会计期间|"
        "报告期|报告月份|账期月|销售日期|数据月份|下单日期|订单日期|发货日期|开票日期|单据日期|业务日期|出库日期|"
        "交易日期|制单日期|记账日期|流向日期|过账日期|凭证日期|"
        "下单时间|成交时间|支付时间|billing date|bill.date|posting date|order date|invoice date|"
        "document date|month|period|"
        "year month|yearmonth|date|mth"
    ),
    "amount": (
        "金额|销售额|销额|销售金额|销售收入|营业收入|主营业务收入|成交额|交易额|交易金额|gmv|动销|销售业绩|业绩|实际销售|实际销售额|营业额|营收|流水|销售|"
        "当月销售|当月销售额|本月销售额|月销售额|销售总额|总销售额|零售额|动销额|动销金额|回款|"
        "回款额|回款金额|出货|出货额|出货金额|发货额|发货金额|含税金额|"
        "无税金额|不含税金额|价税合计|实付金额|支付金额|成交金额|销售值|net value|sales|amount|revenue|"
        "turnover|sales amount|sales value|net sales|value|sell-out|amt"
    ),
    "quantity": (
        "数量|销量|销售量|销售数量|件数|箱数|出货量|出货数量|发货量|发货数量|动销量|零售量|瓶数|吨数|"
        "重量|quantity|qty|volume|units|cases|sales volume|units sold"
    ),
    "lat": "纬度|北纬|门店纬度|百度纬度|高德纬度|腾讯纬度|火星纬度|lat|latitude|y坐标|gps纬度|坐标y|维度|y",
    "lon": "经度|东经|门店经度|百度经度|高德经度|腾讯经度|火星经度|lon|lng|long|longitude|x坐标|gps经度"
    "|坐标x|x",
    "crs": "坐标系|坐标系统|坐标类型|crs|datum|coordinate system",
    "source_type": "来源|数据来源|资料来源|信息来源|来源类型|获取方式|source|data source",
    "confidence": "可信度|置信度|准确度|可靠度|把握|可信等级|confidence|reliability",
    "name_en": "英文名|英文名称|英文|english name|name en|english",
    "note": "备注|说明|备注说明|注|附注|note|notes|remark|remarks|comment|comments",
    "category": (
        "品类|类别|产品类别|商品类别|产品大类|大类|品类名称|产品线|产品系列|系列|category|"
        "product category|product line"
    ),
    "level": "级别|层级|等级|级次|level|tier",
    "status": "状态|终端状态|门店状态|客户状态|合作状态|铺货状态|经营状态|status|state",
    "effective": "是否有效|有效|有效拜访|effective|valid",
    "minutes": "分钟|分钟数|时长|用时|耗时|拜访时长|minutes|duration|min",
    "customer_type": "客户类型|客户类别|客户性质|customer type",
}
TABLE_COLUMNS: dict[str, str] = {
    "region.parent_id": (
        "上级区域|上级|父级|父区域|上级地区|上级编号|父级编码|所属上级|隶属|隶属区域|所属大区|"
        "所属省区|所属省份|parent|parent region|parent id|parent code"
    ),
    "region.level": "级别|层级|行政级别|区域级别|区域层级|区域类型|level|type|region level",
    "region.adcode": "行政区划代码|区划代码|行政代码|国标码|adcode|行政编码|国标代码",
    "region.urban_class": "城乡分类|城乡类型|城乡|市场类型|区域性质|urban class",
    "region.area_km2": "面积|土地面积|行政面积|辖区面积|area|area km2",
    "region.population": "人口|常住人口|人口数|总人口|户籍人口|人口总数|population|pop",
    "region.gdp": "gdp|生产总值|地区生产总值|国内生产总值|经济总量",
    "region.development_status": "开发状态|开发情况|开发程度|开发阶段|development status",
    "company.is_self": (
        "是否本公司|本公司|是否我司|我司|自有|本品|是否本品|own|is self|self|ours|own company"
    ),
    "company.is_aggregate": "是否合并|合并项|是否其他|其他合计|aggregate|is aggregate|others",
    "product.uom": "单位|计量单位|销售单位|基本单位|uom|unit|unit of measure",
    "product.units_per_case": (
        "箱规|每箱数量|装箱数|箱容|件规|每件数量|包装规格|换算率|入数|units per case|case pack|"
        "pack size|per case"
    ),
    "product.unit_margin_rate": "毛利率|利润率|毛利|毛利比例|margin|margin rate|gross margin|gm",
    "product.price_tier": "价格带|价位|价格档次|价格定位|价格等级|price tier|price level",
    "product.feature_tier": "功能档次|功能|特性|特性档次|功能等级|feature tier",
    "market.definition": "定义|市场定义|口径|统计口径|definition|scope",
    "market.channel_scope": "渠道|渠道范围|channels|channel scope",
    "market.basis": "计量|计量口径|统计单位|basis|measure",
    "market_capacity.amount": (
        "市场容量|容量|总量|盘子|市场总量|市场规模|总容量|大盘|行业规模|品类规模|市场总额|行业总量|"
        "总盘子|市场盘子|区域容量|月容量|capacity|market size|market capacity|total market|金额"
    ),
    "region_factor.factor": "因素|因子|指标|要素|评价项|factor|indicator|criterion",
    "region_factor.value": "值|数值|得分|分值|取值|指标值|value|score",
    "employee.role": "岗位|职位|职务|职级|角色|role|position|job title|title",
    "employee.manager_id": (
        "上级|主管|直属上级|经理|直接上级|汇报对象|上级经理|上级主管|区域经理|manager|supervisor|"
        "reports to|line manager"
    ),
    "employee.work_minutes_per_day": (
        "每日工作分钟|日工作时长|工作时长|每日工时|工时|日工时|working minutes|work minutes"
    ),
    "employee.active": "在职|是否在职|在岗|在职状态|人员状态|active|employed",
    "dealer.tier": "规模|规模等级|客户等级|经销商等级|等级|分级|客户分级|大中小|tier|size|grade",
    "dealer.level": "渠道层级|经销级别|级别|客户级别|批次|level|distribution level",
    "dealer.parent_dealer_id": (
        "上级经销商|上级客户|供货商|供货经销商|上游|上游客户|上家|所属总经销|parent dealer|upstream"
    ),
    "dealer.attitude": "态度|合作态度|配合度|合作意愿|积极性|意愿|attitude|willingness",
    "dealer.capability": "能力|经营能力|实力|综合能力|capability|ability|strength",
    "dealer.accepts_training": "接受培训|是否接受培训|愿意培训|accepts training",
    "dealer.owner_employee_id": (
        "负责人|责任人|客户经理|业务员|业代|归属业务员|跟进人|owner|account manager|sales rep"
    ),
    "dealer.backup_employee_id": "后备|后备人|协助人|协同人|备份人|第二负责人|backup|stand-in",
    "dealer.credit_limit": "信用额度|授信额度|授信|信用|赊销额度|credit limit|credit",
    "dealer.payment_days": "账期|账期天数|付款天数|回款天数|付款期限|payment days|payment terms",
    "dealer_region.from_month": (
        "起始月份|开始月份|开始日期|合同开始|协议开始|起始日期|生效日期|from|start|valid from"
    ),
    "dealer_region.to_month": (
        "截止月份|结束月份|结束日期|合同结束|协议结束|截止日期|到期日期|到期|to|end|valid to"
    ),
    "dealer_region.exclusive": "独家|是否独家|独家代理|独家经销|exclusive|sole",
    "terminal.outlet_type": (
        "类型|终端类型|门店类型|渠道类型|业态|网点类型|客户类型|店铺类型|渠道|售点类型|outlet type|"
        "type|channel|store type"
    ),
    "terminal.grade": "等级|终端等级|门店等级|级别|客户等级|abc|abc分类|分级|门店级别|grade|class|tier",
    "terminal.address": (
        "地址|详细地址|门店地址|送货地址|收货地址|终端地址|客户地址|位置|店址|联系地址|通讯地址|办公地址|"
        "经营地址|公司地址|仓库地址|注册地址|经销商地址|家庭住址|住址|所在地址|address|location"
    ),
    "terminal.area_m2": "面积|营业面积|门店面积|店面面积|经营面积|floor area|area|sqm",
    "dealer_sales.sell_in_amount": (
        "销售额|销额|销售金额|销售收入|"
        "无税金额|不含税金额|含税金额|价税合计|net value|进货额|进货|进货金额|提货额|提货金额|发货额|"
        "发货金额|回款|"
        "回款额|回款金额|打款|进货额合计|sell in|sell-in|sell in amount|purchases"
    ),
    "dealer_sales.sell_out_amount": (
        "出货额|出货|出货金额|分销额|分销金额|出库额|出库金额|动销额|动销|二批出货|sell out|sell-out|"
        "sell out amount"
    ),
    "inventory.as_of": (
        "日期|盘点日期|盘点日|库存日期|截止日期|统计日期|盘点时间|date|as of|count date|stock date"
    ),
    "inventory.quantity": (
        "库存|库存量|库存数量|数量|盘点数量|结存|结存数量|期末库存|在库数量|stock|quantity|qty|"
        "stock on hand|inventory"
    ),
    "inventory.amount": "库存金额|库存额|库存价值|金额|结存金额|stock value|inventory value|amount",
    "expense.kind": (
        "费用类别|费用类型|费用项目|费用科目|科目|费用名称|项目|类别|类型|expense type|kind|category|"
        "expense kind"
    ),
    "expense.amount": (
        "费用|费用金额|金额|费用额|投入|投入金额|支出|费用合计|核销金额|expense|cost|spend|amount"
    ),
    "expense_budget.kind": (
        "费用类别|费用类型|费用项目|费用科目|科目|费用名称|项目|类别|类型|expense type|kind|category|"
        "expense kind"
    ),
    "expense_budget.amount": (
        "费用预算|预算|预算金额|预算额|费用预算额|预算费用|计划费用|expense budget|budget|"
        "budget amount|planned cost"
    ),
    "promotion.promotion_id": "活动编号|促销编号|活动代码|方案编号|promotion id|promotion no",
    "promotion.name": "活动名称|促销活动|活动|促销名称|活动主题|方案名称|promotion|campaign|name",
    "promotion.start_on": "开始日期|开始时间|起始日期|活动开始|开始日|start|start date|from",
    "promotion.end_on": "结束日期|结束时间|截止日期|活动结束|结束日|end|end date|to",
    "promotion.cost": "活动费用|促销费用|费用|总费用|投入|投入金额|费用合计|cost|spend",
    "promotion_shop.promotion_id": "活动编号|促销编号|活动代码|方案编号|promotion id|promotion no",
    "visit.visit_id": "拜访编号|拜访单号|拜访id|记录编号|单号|流水号|visit id|visit no|record id",
    "visit.start_at": (
        "开始时间|到店时间|进店时间|签到时间|拜访时间|拜访日期|到访时间|日期|start|start time|"
        "check in|arrival|visit date|visit time|checkin time"
    ),
    "visit.end_at": "结束时间|离店时间|签退时间|离开时间|end|end time|check out|departure|checkout time",
    "visit.purpose": "目的|拜访目的|拜访事项|事由|purpose|reason",
    "visit.result": "结果|拜访结果|拜访情况|成果|result|outcome",
    "visit.order_amount": (
        "订货额|订单金额|订单额|订货金额|下单金额|成交金额|order|order amount|order value"
    ),
    "time_log.day": "日期|工作日期|天|day|date",
    "time_log.activity": "活动|活动类型|工作内容|事项|工作类型|activity|task",
    "relation.state": "关系状态|客情状态|关系类型|合作关系|relation state|relationship",
    "relation.level": "关系层次|关系级别|关系深度|合作层次|relation level",
    "relation.satisfaction": "满意度|客户满意度|满意度评分|satisfaction",
    "score_item.sheet_id": "评分表编号|评分表|表号|表单号|sheet id|sheet",
    "score_item.item_no": "评分项|项目|项次|题号|指标序号|item|item no",
    "score_item.assessed_on": "评分日期|评估日期|考核日期|日期|assessed on|date",
    "score_item.assessor": "评分人|评估人|考核人|打分人|assessor|rater",
    "score_item.score": "得分|分数|评分|分值|score|points",
    "target_plan.year": "年度|年份|计划年度|year",
    "target_plan.template": "计划类型|模板|方案类型|template|plan type",
    "target_plan.version": "版本|版本号|version",
    "target_plan.base_plan_id": "基准计划|原计划|上一版|based on|base plan",
    "target_plan.top_target": "总目标|年度目标|目标总额|全年目标|top target|total target",
    "target_plan.parameters": "参数|parameters",
    "target_plan.inputs_version": "数据版本|inputs version",
    "target_cell.amount": (
        "目标|任务|指标|目标额|任务额|目标金额|任务量|计划额|销售目标|销售任务|月度目标|月度任务|"
        "计划销售额|target|quota|budget|goal|target amount"
    ),
    "target_cell.source": "目标来源|来源|source",
    "target_cell.locked": "锁定|是否锁定|locked",
}
TITLES: dict[str, str] = {
    "region": "区域划分|区域资料|区域清单|行政区划|区域档案|区域信息",
    "company": "公司清单|竞品清单|厂家清单|对手清单",
    "product": "产品目录|价目表|价格表|产品清单|产品资料|商品资料|产品信息|商品目录",
    "market": "市场定义",
    "market_capacity": "市场容量|容量|盘子|市场规模|市场总量",
    "market_sales": ("竞品销售|对手销售|各公司|各厂家|市场份额|占有率|市场销售|竞争对手销售|区域销售|竞品"),
    "region_factor": "区域因素|吸引力|价值评分",
    "employee": "花名册|员工|人员名单|通讯录|业务员名单|人员信息",
    "dealer": "经销商档案|经销商名单|经销商资料|经销商清单|客户档案|经销商信息|代理商名录",
    "dealer_region": "经销区域|授权区域|代理区域",
    "terminal": (
        "终端档案|门店档案|网点清单|终端资料|门店信息|终端清单|网点档案|终端名录|门店清单|网点资料|"
        "终端信息|门店资料"
    ),
    "terminal_sales": "终端销售|门店销售|网点销售|动销|终端销量|门店销量|零售",
    "dealer_sales": "经销商销售|经销商进货|回款|经销商出货|进销存|发货明细|客户回款",
    "inventory": "库存|盘点|存货|进销存",
    "expense": "费用|投入明细",
    "expense_budget": "费用预算|预算",
    "promotion": "促销活动|活动台账|促销台账",
    "promotion_shop": "促销门店|活动门店|参与门店",
    "visit": "拜访记录|拜访明细|拜访日志|走访|拜访",
    "time_log": "时间记录|工作日志|工时",
    "relation": "客情|客户关系",
    "score_item": "评分表|客情评分|打分",
    "target_plan": "目标计划",
    "target_cell": "目标分解|任务分解|销售目标|销售任务|目标表|任务表|指标分解",
}
LEVEL_HEADERS: tuple[str, ...] = (
    "国家|全国|country",
    "大区|战区|区域|地区|片区|所属大区|area",
    "省份|省|省区|所属省份|所在省|省级|province",
    "城市|市|地市|地级市|地级城市|市州|州市|市/州|盟市|地州|地州市|所在城市|所在市|所属城市|市级|city|prefecture",
    "区县|县区|市县|县市|县市区|市县区|区县市|市区县|区市县|旗县|旗县区|旗县市区|县级市|县域|县/市|县|区|所在区县|区/县|县/区|县级|所属区县|county|district",
    "乡镇|镇|街道|乡镇街道|乡镇/街道|镇街|town|township|street",
)
"""Headers of columns that name the path to a region, widest first."""
OWNERS = "销售|客户|门店|终端|网点|店铺|经销商|分销商|所在|所属|归属|覆盖|负责|收货|发货|送货|注册|企业"
"""Words before a level that say whose it is (门店城市, 客户所在地市)."""
LOOSE_LEVELS = "区域|地区|片区"
"""Of these, what stands for a county as well."""
LEFT_OUT = "序号|序|行号|no|no.|#|serial|seq|index|row"
DERIVED = (
    "同比|环比|增长|增幅|增速|占比|份额|占有率|比例|比重|完成率|达成率|完成比|达成|累计|去年|上年|上月|同期|前年|排名|名次|均价|平均|人均|店均|单店"
    "|差额|差异|差距|缺口|预计|预测|growth|share|rank|yoy|mom|ytd|cumulative|average|avg|last year|previous"
)
"""Words of figures the store computes itself: they are never taken for the figure they stand beside."""
INTENDED = "目标|任务|计划|指标|预算|target|budget|plan|quota"
"""Words of figures that are wished for: they go into plans only."""
